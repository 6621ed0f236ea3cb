// `mizan serve` on the command line.
#include <memory>

#include "mizan/cli/command.h"
#include "mizan/cli/report_error.h"
#include "mizan/cli/serve/serve.h"

namespace mizan::cli {
namespace {

constexpr const char* kServeExamples =
    "Examples\n"
    "  mizan serve                                         ./mizan.db on http://127.0.0.1:7070\n"
    "  mizan serve --database postgresql://db/mizan        as many of these as you like, behind a balancer\n"
    "  mizan serve --listen 0.0.0.0:443 --tls-cert chain.pem --tls-key key.pem\n"
    "\n"
    "Each flag is also a variable (--max-connections: MIZAN_MAX_CONNECTIONS) and a line of mizan.toml\n"
    "(max_connections = 1000). Flags win over variables, variables over the file.";

}  // namespace

void add_serve_command(CLI::App& program, int& exit_code) {
  CLI::App* command =
      program.add_subcommand("serve", "Run the platform: the API, and work in the background");
  auto settings = std::make_shared<ServeSettings>();
  add_serve_options(*command, *settings);
  command->footer(kServeExamples);
  command->callback([command, settings, &exit_code] {
    Result<void> done = read_config_file(*command, *settings);
    if (done) done = serve(*settings);
    exit_code = done ? kDone : report_error(done.error(), false);
  });
}

}  // namespace mizan::cli
