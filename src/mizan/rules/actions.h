// THE permission table: every action of the platform × every role. Everything that asks "may they?" reads it
// here: the doors before a handler runs, each verb before it touches a row, and the test that walks every
// route.
//
// A cell says how far the role reaches within its scope (access.h):
//   all   every row of the scope        own   rows of the membership's supplier
//   mine  the annotator's own rows      none  nothing
// `at` says what an action is done to, and so which ids an address must name:
//   nobody        no sign-in needed               account       the caller's own account, whatever the roles
//   organisation  the whole installation          project, supplier   one of them
//   anywhere      something that only its row can place: the verb narrows by row, and lists show what one may
//   see
// `does` is reads or changes: an auditor changes nothing; a change with a cookie needs the session's CSRF
// token.
#pragma once

// clang-format off: the table is read by columns.
#define MIZAN_ACTIONS(X)                                                                                   \
  /* action                     at            does     owner data_lead reviewer annotator supplier_manager \
   * auditor */                                                                                            \
  /* the doors */                                                                                          \
  X(read_public, nobody, reads, all, all, all, all, all, all)                                              \
  X(set_up, nobody, changes, all, all, all, all, all, all)                                                 \
  X(sign_in, nobody, changes, all, all, all, all, all, all)                                                \
  X(accept_invite, nobody, changes, all, all, all, all, all, all)                                          \
  X(read_profile, account, reads, all, all, all, all, all, all)                                            \
  X(change_profile, account, changes, all, all, all, all, all, all)                                        \
  X(read_metrics, organisation, reads, all, none, none, none, none, all)                                   \
  /* the organisation and its people */                                                                    \
  X(read_organisation, anywhere, reads, all, all, all, all, all, all)                                      \
  X(change_organisation, organisation, changes, all, none, none, none, none, none)                         \
  X(make_backup, organisation, changes, all, none, none, none, none, none)                                 \
  X(read_audit_log, organisation, reads, all, none, none, none, none, all)                                 \
  X(list_members, anywhere, reads, all, all, none, none, own, all)                                         \
  X(change_members, anywhere, changes, all, all, none, none, own, none)                                    \
  X(suspend_account, organisation, changes, all, none, none, none, none, none)                             \
  X(erase_account, organisation, changes, all, none, none, none, none, none)                               \
  X(list_invites, anywhere, reads, all, all, none, none, own, all)                                         \
  X(change_invites, anywhere, changes, all, all, none, none, own, none)                                    \
  X(list_api_keys, account, reads, all, all, all, all, all, all)                                           \
  X(change_api_keys, account, changes, all, all, all, all, all, all)                                       \
  X(read_all_api_keys, organisation, reads, all, none, none, none, none, all)                              \
  X(revoke_any_api_key, organisation, changes, all, none, none, none, none, none)                          \
  /* suppliers and annotators */                                                                           \
  X(list_suppliers, anywhere, reads, all, all, none, own, own, all)                                        \
  X(create_supplier, organisation, changes, all, all, none, none, none, none)                              \
  X(read_supplier, supplier, reads, all, all, none, own, own, all)                                         \
  X(change_supplier, supplier, changes, all, all, none, none, none, none)                                  \
  X(suspend_supplier, supplier, changes, all, all, none, none, none, none)                                 \
  X(list_annotators, supplier, reads, all, all, none, mine, own, all)                                      \
  X(read_annotator, anywhere, reads, all, all, none, mine, own, all)                                       \
  X(read_annotator_identity, anywhere, reads, all, none, none, mine, own, none)                            \
  X(create_annotator, supplier, changes, all, none, none, none, own, none)                                 \
  X(change_annotator, anywhere, changes, all, none, none, none, own, none)                                 \
  /* projects */                                                                                           \
  X(list_projects, anywhere, reads, all, all, all, own, own, all)                                          \
  X(create_project, organisation, changes, all, all, none, none, none, none)                               \
  X(read_project, project, reads, all, all, all, own, own, all)                                            \
  X(change_project, project, changes, all, all, none, none, none, none)                                    \
  X(clone_project, project, reads, all, all, none, none, none, none)                                       \
  X(read_template, project, reads, all, all, all, own, own, all)                                           \
  X(change_template, project, changes, all, all, none, none, none, none)                                   \
  X(list_project_suppliers, project, reads, all, all, none, none, own, all)                                \
  X(change_project_suppliers, project, changes, all, all, none, none, none, none)                          \
  X(list_project_annotators, project, reads, all, all, none, mine, own, all)                               \
  X(pause_annotator, project, changes, all, all, none, none, own, none)                                    \
  /* batches and tasks */                                                                                  \
  X(list_batches, project, reads, all, all, all, none, own, all)                                           \
  X(read_batch, project, reads, all, all, all, none, own, all)                                             \
  X(create_batch, project, changes, all, all, none, none, none, none)                                      \
  X(change_batch, project, changes, all, all, none, none, none, none)                                      \
  X(decide_batch, project, changes, all, all, none, none, none, none)                                      \
  X(import_tasks, project, changes, all, all, none, none, none, none)                                      \
  X(list_tasks, project, reads, all, all, all, none, none, all)                                            \
  X(read_task, project, reads, all, all, all, none, none, all)                                             \
  X(change_task, project, changes, all, all, none, none, none, none)                                       \
  X(cancel_task, project, changes, all, all, none, none, none, none)                                       \
  X(read_gold, project, reads, all, all, all, none, none, all)                                             \
  X(change_gold, project, changes, all, all, all, none, none, none)                                        \
  /* the work */                                                                                           \
  X(lease_assignment, project, changes, none, none, none, mine, own, none)                                 \
  X(lease_assignments, project, changes, none, none, none, mine, own, none)                                \
  X(list_assignments, project, reads, all, all, all, mine, own, all)                                       \
  X(read_assignment, anywhere, reads, all, all, all, mine, own, all)                                       \
  X(heartbeat_assignment, anywhere, changes, none, none, none, mine, own, none)                            \
  X(skip_assignment, anywhere, changes, none, none, none, mine, own, none)                                 \
  X(release_assignment, anywhere, changes, none, none, none, mine, own, none)                              \
  X(revoke_assignment, anywhere, changes, all, all, none, none, own, none)                                 \
  X(read_draft, anywhere, reads, none, none, none, mine, own, none)                                        \
  X(save_draft, anywhere, changes, none, none, none, mine, own, none)                                      \
  X(submit_annotation, anywhere, changes, none, none, none, mine, own, none)                               \
  X(revise_annotation, anywhere, changes, none, none, none, mine, own, none)                               \
  X(list_annotations, project, reads, all, all, all, mine, own, all)                                       \
  X(read_annotation, anywhere, reads, all, all, all, mine, own, all)                                       \
  X(export_annotations, project, reads, all, all, none, none, own, all)                                    \
  X(import_annotations, project, changes, all, all, none, none, own, none)                                 \
  /* what it is worth */                                                                                   \
  X(list_reviews, project, reads, all, all, all, mine, own, all)                                           \
  X(read_review, project, reads, all, all, all, mine, own, all)                                            \
  X(review_annotation, project, changes, all, all, all, none, none, none)                                  \
  X(read_adjudication, project, reads, all, all, all, none, none, all)                                     \
  X(adjudicate_task, project, changes, all, all, all, none, none, none)                                    \
  X(read_consensus, project, reads, all, all, all, none, none, all)                                        \
  X(export_consensus, project, reads, all, all, none, none, none, all)                                     \
  X(read_quality, project, reads, all, all, all, none, none, all)                                          \
  X(read_progress, project, reads, all, all, all, none, own, all)                                          \
  X(read_scorecards, project, reads, all, all, none, none, own, all)                                       \
  X(run_inference, project, changes, all, all, none, none, none, none)                                     \
  /* what others hear of */                                                                                \
  X(read_organisation_events, organisation, reads, all, none, none, none, none, all)                       \
  X(read_events, project, reads, all, all, none, none, none, all)                                          \
  X(list_webhooks, project, reads, all, all, none, none, none, all)                                        \
  X(change_webhooks, project, changes, all, all, none, none, none, none)                                   \
  X(replay_webhooks, project, changes, all, all, none, none, none, none)
// clang-format on
