// A Label Studio labelling configuration (XML) as a template: the common tags. What has no counterpart is
// refused by name and line, so that nobody labels under another template than they think.
//
// docs/formats/template.md has the table of tags.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "mizan/base/result.h"

namespace mizan::domain {

struct ConvertedTemplate {
  std::string document;            ///< JSON of docs/formats/template.md; parse_template takes it
  std::vector<std::string> notes;  ///< attributes that were left out, one sentence each
};

/// @errors malformed_template: no XML; a tag or attribute without a counterpart (`where` is the line); or
/// what
///         parse_template says of the result
[[nodiscard]] Result<ConvertedTemplate> template_from_label_studio(std::string_view xml);

}  // namespace mizan::domain
