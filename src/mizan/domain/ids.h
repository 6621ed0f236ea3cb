// The ids of everything that has one. The prefix is what the wire shows.
#pragma once

#include "mizan/base/id.h"

namespace mizan::domain {

#define MIZAN_ID(Name, prefix, kind)                    \
  struct Name##Tag {                                    \
    static constexpr std::string_view kPrefix = prefix; \
    static constexpr std::string_view kKind = kind;     \
  };                                                    \
  using Name##Id = Id<Name##Tag>;

MIZAN_ID(Account, "acc", "account")
MIZAN_ID(Session, "ses", "session")
MIZAN_ID(ApiKey, "key", "API key")
MIZAN_ID(Invite, "inv", "invite")
MIZAN_ID(Supplier, "sup", "supplier")
MIZAN_ID(Annotator, "ant", "annotator")
MIZAN_ID(Project, "prj", "project")
MIZAN_ID(Batch, "bat", "batch")
MIZAN_ID(Task, "tsk", "task")
MIZAN_ID(Import, "imp", "import")
MIZAN_ID(Assignment, "asg", "assignment")
MIZAN_ID(Annotation, "ann", "annotation")
MIZAN_ID(Review, "rev", "review")
MIZAN_ID(Event, "evt", "event")
MIZAN_ID(Webhook, "whk", "webhook")
MIZAN_ID(Delivery, "dlv", "delivery")
#undef MIZAN_ID

}  // namespace mizan::domain
