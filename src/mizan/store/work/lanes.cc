#include "mizan/store/work/lanes.h"

namespace mizan::store {
namespace {

constexpr Query kEnsureLane{
    "ensure_lane",
    "INSERT INTO lanes (project_id, lane_id, rank, supplier_id, domain, language, is_escalated) "
    "VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT DO NOTHING"};
constexpr Query kFindLane{"find_lane",
                          "SELECT rank, supplier_id, domain, language, is_escalated FROM lanes "
                          "WHERE project_id = $1 AND lane_id = $2"};
constexpr Query kLanesFor{"lanes_for",
                          "SELECT l.lane_id, l.rank, l.domain, l.language, COALESCE(c.position, 0) "
                          "FROM lanes l LEFT JOIN lease_cursors c ON c.project_id = l.project_id "
                          "AND c.annotator_id = $2 AND c.lane_id = l.lane_id "
                          "WHERE l.project_id = $1 AND (l.supplier_id = 0 OR l.supplier_id = $3) "
                          "ORDER BY l.rank DESC"};
constexpr Query kSaveCursor{"save_cursor",
                            "INSERT INTO lease_cursors (project_id, annotator_id, lane_id, position) "
                            "VALUES ($1, $2, $3, $4) ON CONFLICT (project_id, annotator_id, lane_id) "
                            "DO UPDATE SET position = excluded.position"};
constexpr Query kForgetCursors{"forget_cursors",
                               "DELETE FROM lease_cursors WHERE project_id = $1 AND annotator_id = $2"};
constexpr Query kForgetAllCursors{"forget_all_cursors", "DELETE FROM lease_cursors WHERE project_id = $1"};

// FNV-1a, 64 bits.
class Hash {
 public:
  void add(std::string_view bytes) {
    for (const char byte : bytes) add_byte(static_cast<unsigned char>(byte));
    add_byte(0);
  }
  void add(std::int64_t number) {
    for (int shift = 0; shift < 64; shift += 8)
      add_byte(static_cast<unsigned char>(static_cast<std::uint64_t>(number) >> shift));
  }
  [[nodiscard]] std::int64_t positive() const { return static_cast<std::int64_t>(state_ >> 1U); }

 private:
  void add_byte(unsigned char byte) { state_ = (state_ ^ byte) * 0x100000001b3ULL; }
  std::uint64_t state_ = 0xcbf29ce484222325ULL;
};

}  // namespace

std::int64_t lane_id(const LaneRow& lane) {
  Hash hash;
  hash.add(lane.project_id.value);
  hash.add(lane.rank);
  hash.add(lane.supplier_id.value);
  hash.add(lane.domain);
  hash.add(lane.language);
  if (lane.is_escalated) hash.add(1);
  return hash.positive();
}

Result<std::int64_t> ensure_lane(Transaction& tx, const LaneRow& lane) {
  const std::int64_t id = lane_id(lane);
  MIZAN_CHECK_OK(tx.queue(kEnsureLane, lane.project_id, id, lane.rank, lane.supplier_id, lane.domain,
                          lane.language, lane.is_escalated ? 1 : 0));
  return id;
}

Result<LaneRow> find_lane(Transaction& tx, domain::ProjectId project, std::int64_t lane_id) {
  return tx.row(
      kFindLane,
      [&](const Row& row) {
        return LaneRow{.project_id = project,
                       .rank = row.integer(0),
                       .supplier_id = row.id<domain::SupplierId>(1),
                       .domain = row.string(2),
                       .language = row.string(3),
                       .is_escalated = row.boolean(4)};
      },
      project, lane_id);
}

Result<std::vector<AnnotatorLane>> lanes_for(Transaction& tx, const LanesFor& whom) {
  return tx.rows(
      kLanesFor,
      [](const Row& row) {
        return AnnotatorLane{.lane_id = row.integer(0),
                             .rank = row.integer(1),
                             .domain = row.string(2),
                             .language = row.string(3),
                             .cursor = row.integer(4)};
      },
      whom.project_id, whom.annotator_id, whom.supplier_id);
}

Result<void> save_cursor(Transaction& tx, const CursorRow& cursor) {
  return tx.queue(kSaveCursor, cursor.project_id, cursor.annotator_id, cursor.lane_id, cursor.position);
}

Result<void> forget_cursors(Transaction& tx, domain::ProjectId project, domain::AnnotatorId annotator) {
  return tx.queue(kForgetCursors, project, annotator);
}

Result<void> forget_all_cursors(Transaction& tx, domain::ProjectId project) {
  return tx.queue(kForgetAllCursors, project);
}

}  // namespace mizan::store
