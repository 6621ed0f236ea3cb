#include "mizan/rules/batch.h"

#include <array>
#include <string>
#include <utility>

namespace mizan::rules {
namespace {

struct Edge {
  BatchState from;
  BatchStep step;
  BatchState to;
};

constexpr std::array kEdges{
    Edge{BatchState::draft, BatchStep::stage, BatchState::staged},
    Edge{BatchState::staged, BatchStep::start, BatchState::running},
    Edge{BatchState::running, BatchStep::pause, BatchState::paused},
    Edge{BatchState::paused, BatchStep::resume, BatchState::running},
    Edge{BatchState::running, BatchStep::finish, BatchState::finished},
    Edge{BatchState::paused, BatchStep::finish, BatchState::finished},
    Edge{BatchState::draft, BatchStep::cancel, BatchState::cancelled},
    Edge{BatchState::staged, BatchStep::cancel, BatchState::cancelled},
    Edge{BatchState::running, BatchStep::cancel, BatchState::cancelled},
    Edge{BatchState::paused, BatchStep::cancel, BatchState::cancelled},
};

}  // namespace

Result<BatchState> after(BatchState state, BatchStep step) {
  std::string possible;
  for (const Edge& edge : kEdges) {
    if (edge.from != state) continue;
    if (edge.step == step) return edge.to;
    possible += " " + std::string(to_text(edge.step));
  }
  return fail(ErrorCode::illegal_transition,
              "a batch that is " + std::string(to_text(state)) + " has no step \"" +
                  std::string(to_text(step)) + "\"",
              {}, possible.empty() ? "this state is final" : "possible now:" + possible);
}

}  // namespace mizan::rules
