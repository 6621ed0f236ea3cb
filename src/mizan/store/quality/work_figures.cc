#include "mizan/store/quality/work_figures.h"

namespace mizan::store {
namespace {

constexpr Query kWorkFigures{
    "work_figures",
    "SELECT a.annotator_id, a.supplier_id, COUNT(*), CAST(AVG(a.duration_us) AS DOUBLE PRECISION), "
    "CAST(AVG(a.price_micros) AS DOUBLE PRECISION), COALESCE(MAX(r.reviewed), 0), "
    "COALESCE(MAX(r.sent_back), 0) FROM annotations a LEFT JOIN ("
    "SELECT n.annotator_id, n.supplier_id, COUNT(*) AS reviewed, "
    "CAST(SUM(CASE WHEN v.state IN ('fixed', 'rejected') THEN 1 ELSE 0 END) AS BIGINT) AS sent_back "
    "FROM reviews v JOIN annotations n ON n.project_id = v.project_id AND n.annotation_id = v.annotation_id "
    "WHERE v.project_id = $1 AND v.state IN ('accepted', 'fixed', 'rejected') "
    "GROUP BY n.annotator_id, n.supplier_id) r "
    "ON r.annotator_id = a.annotator_id AND r.supplier_id = a.supplier_id "
    "WHERE a.project_id = $1 GROUP BY a.annotator_id, a.supplier_id ORDER BY a.annotator_id"};

}  // namespace

Result<std::vector<WorkFigures>> work_figures(Transaction& tx, domain::ProjectId project) {
  return tx.rows(
      kWorkFigures,
      [](const Row& row) {
        return WorkFigures{row.id<domain::AnnotatorId>(0),
                           row.id<domain::SupplierId>(1),
                           row.integer(2),
                           row.maybe_real(3),
                           row.maybe_real(4),
                           row.integer(5),
                           row.integer(6)};
      },
      project);
}

}  // namespace mizan::store
