// The contract of docs/openapi and the pages made of it and of docs/errors, put into the program by
// scripts/openapi.
#pragma once

#include <string_view>

namespace mizan::http {

extern const std::string_view kContractJson;   ///< OpenAPI 3.1, bundled
extern const std::string_view kReferencePage;  ///< HTML
extern const std::string_view kErrorsPage;     ///< HTML
extern const std::string_view kPagePolicy;     ///< Content-Security-Policy of both pages

}  // namespace mizan::http
