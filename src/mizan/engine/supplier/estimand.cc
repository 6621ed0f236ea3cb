#include "mizan/engine/supplier/estimand.h"

namespace mizan::supplier {

std::vector<Estimand> supplier_estimands(const SampledLabels& labels) {
  const std::size_t classes = labels.class_count;
  std::vector<Estimand> out(labels.supplier_count);
  for (std::size_t task = 0; task < labels.task_count(); ++task) {
    for (std::size_t i = labels.offsets[task]; i < labels.offsets[task + 1]; ++i) {
      const std::uint32_t code = labels.codes[i];
      Estimand& one = out[labels.supplier_of[code / classes]];
      if (one.tasks.empty() || one.tasks.back() != task) {
        one.tasks.push_back(static_cast<truth::TaskIndex>(task));
        one.size.push_back(0);
        one.weights.resize(one.weights.size() + classes);
      }
      one.size.back() += 1;
      one.weights[one.weights.size() - classes + code % classes] += 1;
      one.total_size += 1;
    }
  }
  return out;
}

Estimand pair_estimand(const Estimand& a, const Estimand& b, std::size_t class_count) {
  Estimand out;
  for (std::size_t i = 0, j = 0; i < a.tasks.size() && j < b.tasks.size();) {
    if (a.tasks[i] < b.tasks[j]) {
      ++i;
    } else if (b.tasks[j] < a.tasks[i]) {
      ++j;
    } else {
      out.tasks.push_back(a.tasks[i]);
      out.size.push_back(1);
      for (std::size_t k = 0; k < class_count; ++k)
        out.weights.push_back(a.weights[i * class_count + k] / a.size[i] -
                              b.weights[j * class_count + k] / b.size[j]);
      ++i;
      ++j;
    }
  }
  out.total_size = static_cast<double>(out.tasks.size());
  return out;
}

}  // namespace mizan::supplier
