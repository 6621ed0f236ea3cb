// report.json on standard input → the HTML page on standard output; what the browser tests open.
#include <iostream>
#include <iterator>
#include <string>

#include "mizan/app/report_page.h"

int main() {
  const std::string report(std::istreambuf_iterator<char>(std::cin), {});
  std::cout << mizan::app::report_page(report);
  return std::cout.good() ? 0 : 1;
}
