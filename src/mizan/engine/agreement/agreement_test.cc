// The published vectors of the agreement coefficients, and what must hold for every one of them.
#include "mizan/engine/agreement/agreement.h"

#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "mizan/engine/agreement/cohen.h"
#include "mizan/engine/agreement/gwet.h"
#include "mizan/engine/agreement/krippendorff.h"

namespace mizan::agreement {
namespace {

using Tabulated = std::vector<std::uint32_t>;

std::vector<double> identity(std::size_t classes) {
  return weight_table(Weights::identity, classes);
}

// One string per annotator, one character per task: '1' is the first class, '*' is missing.
truth::LabelMatrix matrix_of(const std::vector<std::string>& annotators, std::size_t classes) {
  std::vector<truth::LabelRow> rows;
  for (std::uint32_t a = 0; a < annotators.size(); ++a)
    for (std::uint32_t t = 0; t < annotators[a].size(); ++t)
      if (annotators[a][t] != '*') rows.push_back({t, a, static_cast<std::uint32_t>(annotators[a][t] - '1')});
  return *truth::LabelMatrix::from_rows(rows, annotators[0].size(), annotators.size(), classes);
}

ClassCounts counts_of_table(const Tabulated& table, std::size_t classes) {
  ClassCounts counts{classes, {}};
  for (std::size_t k = 0; k < classes; ++k)
    for (std::size_t l = 0; l < classes; ++l)
      for (std::uint32_t n = 0; n < table[k * classes + l]; ++n) {
        Tabulated row(classes, 0);
        ++row[k];
        ++row[l];
        counts.counts.insert(counts.counts.end(), row.begin(), row.end());
      }
  return counts;
}

const std::vector<std::string> kKrippendorffC{"123321412***", "1233224125*3", "*3332342251*", "12332441251*"};
const std::vector<double> kOneToFive{1, 2, 3, 4, 5};

TEST(Agreement, vector_1_cohen_of_two_classes) {
  const Coefficient kappa = cohen_kappa(Tabulated{20, 5, 10, 15}, 2, identity(2));
  EXPECT_NEAR(kappa.observed, .7, 1e-12);
  EXPECT_NEAR(kappa.expected, .5, 1e-12);
  EXPECT_NEAR(*kappa.value, .4, 1e-12);
}

TEST(Agreement, vector_2_cohen_weighted_and_ac1_of_the_abstractors) {
  const Tabulated table{13, 0, 0, 0, 20, 7, 0, 4, 56};
  const Coefficient kappa = cohen_kappa(table, 3, identity(3));
  EXPECT_NEAR(*kappa.value, .796409, 1e-6);
  EXPECT_NEAR(kappa.low, .680, .002);
  EXPECT_NEAR(kappa.high, .913, .002);
  EXPECT_NEAR(*cohen_kappa(table, 3, weight_table(Weights::linear, 3)).value, .842902, 1e-6);
  EXPECT_NEAR(*cohen_kappa(table, 3, weight_table(Weights::quadratic, 3)).value, .892157, 1e-6);
  const Coefficient ac1 = gwet_ac(counts_of_table(table, 3), identity(3));
  EXPECT_NEAR(*ac1.value, .849331, 1e-6);
  EXPECT_NEAR(ac1.expected, .269925, 1e-6);
}

TEST(Agreement, vector_3_kappa_fails_under_prevalence_and_ac1_does_not) {
  const Tabulated table{118, 5, 2, 0};
  const Coefficient kappa = cohen_kappa(table, 2, identity(2));
  EXPECT_NEAR(kappa.observed, .944, 1e-12);
  EXPECT_NEAR(*kappa.value, -.023392, 1e-6);
  EXPECT_NEAR(*gwet_ac(counts_of_table(table, 2), identity(2)).value, .940776, 1e-6);
}

TEST(Agreement, vector_4_fleiss_of_fourteen_annotators) {
  const ClassCounts counts{5, {0, 0, 0, 0, 14, 0, 2, 6, 4, 2, 0, 0, 3, 5, 6, 0, 3, 9, 2, 0, 2, 2, 8, 1, 1,
                               7, 7, 0, 0, 0,  3, 2, 6, 3, 0, 2, 5, 3, 2, 2, 6, 5, 2, 1, 0, 0, 2, 2, 3, 7}};
  const Coefficient kappa = fleiss_kappa(counts, identity(5));
  EXPECT_NEAR(kappa.observed, .378022, 1e-6);
  EXPECT_NEAR(kappa.expected, .212755, 1e-6);
  EXPECT_NEAR(*kappa.value, .209930, 1e-6);
}

TEST(Agreement, vector_5_krippendorff_of_four_coders) {
  const ClassCounts counts = class_counts(matrix_of(kKrippendorffC, 5));
  EXPECT_NEAR(*krippendorff_alpha(counts, Scale::nominal).value, .743421, 1e-6);
  EXPECT_NEAR(*krippendorff_alpha(counts, Scale::ordinal).value, .815388, 1e-6);
  EXPECT_NEAR(*krippendorff_alpha(counts, Scale::interval, kOneToFive).value, .849107, 1e-6);
  EXPECT_NEAR(*krippendorff_alpha(counts, Scale::ratio, kOneToFive).value, .797403, 1e-6);
}

TEST(Agreement, vector_6_krippendorff_of_three_coders_and_fifteen_tasks) {
  const ClassCounts counts =
      class_counts(matrix_of({"*****34121133*3", "1*213343*******", "**21344*21133*4"}, 4));
  const std::vector<double> numbers{1, 2, 3, 4};
  EXPECT_NEAR(*krippendorff_alpha(counts, Scale::nominal).value, .691358, 1e-6);
  EXPECT_NEAR(*krippendorff_alpha(counts, Scale::ordinal).value, .806721, 1e-6);
  EXPECT_NEAR(*krippendorff_alpha(counts, Scale::interval, numbers).value, .810845, 1e-6);
  EXPECT_NEAR(*krippendorff_alpha(counts, Scale::ratio, numbers).value, .808944, 1e-6);
}

TEST(Agreement, vector_7_four_annotators_with_missing_labels) {
  const truth::LabelMatrix labels =
      matrix_of({"123321412***", "1233224125**", "*33323422513", "12332441251*"}, 5);
  const ClassCounts counts = class_counts(labels);
  EXPECT_NEAR(*percent_agreement(counts, identity(5)).value, .818182, 1e-6);
  const Coefficient fleiss = fleiss_kappa(counts, identity(5));
  EXPECT_NEAR(*fleiss.value, .761169, 1e-6);
  EXPECT_NEAR(fleiss.expected, .238715, 1e-6);
  EXPECT_NEAR(fleiss.standard_error, .153, .0005);
  EXPECT_NEAR(fleiss.low, .424, .0005);
  EXPECT_EQ(fleiss.high, 1);
  const Coefficient ac1 = gwet_ac(counts, identity(5));
  EXPECT_NEAR(*ac1.value, .775444, 1e-6);
  EXPECT_NEAR(ac1.expected, .190321, 1e-6);
  EXPECT_NEAR(ac1.standard_error, .143, .0005);
  EXPECT_NEAR(ac1.low, .461, .0005);
  EXPECT_NEAR(*brennan_prediger(counts, identity(5)).value, .772727, 1e-6);
  EXPECT_NEAR(*conger_kappa(labels, identity(5)).value, .763, .0005);
  EXPECT_NEAR(*gwet_ac(counts, weight_table(Weights::linear, 5)).value, .859, .0005);
  EXPECT_NEAR(*gwet_ac(counts, weight_table(Weights::quadratic, 5)).value, .914, .0005);
  EXPECT_NEAR(*gwet_ac(counts, weight_table(Weights::ordinal, 5)).value, .899, .0005);
}

TEST(Agreement, vector_8_five_annotators_of_which_one_labelled_everything) {
  const ClassCounts counts = class_counts(matrix_of(
      {"223*112233*1242", "2241111*3221342", "314111333211332", "*24****1*21133*", "3**1112*3****42"}, 4));
  const Coefficient ac1 = gwet_ac(counts, identity(4));
  EXPECT_NEAR(*ac1.value, .497, .0005);
  EXPECT_NEAR(ac1.expected, .236, .0005);
  EXPECT_NEAR(*fleiss_kappa(counts, identity(4)).value, .458, .0005);
}

TEST(Agreement, zero_by_zero_is_undefined_with_its_reason) {
  const ClassCounts same = class_counts(matrix_of({"1111", "1111"}, 2));
  EXPECT_FALSE(fleiss_kappa(same, identity(2)).value);
  EXPECT_EQ(fleiss_kappa(same, identity(2)).undefined, Undefined::one_class);
  EXPECT_EQ(krippendorff_alpha(same, Scale::nominal).undefined, Undefined::one_class);
  EXPECT_EQ(cohen_kappa(Tabulated{9, 0, 0, 0}, 2, identity(2)).undefined, Undefined::one_class);
  EXPECT_NEAR(*gwet_ac(same, identity(2)).value, 1, 1e-12);
  const truth::LabelMatrix lone = matrix_of({"12**", "**21"}, 2);
  for (const Coefficient& none :
       {fleiss_kappa(class_counts(lone), identity(2)), conger_kappa(lone, identity(2)),
        krippendorff_alpha(class_counts(lone), Scale::nominal)}) {
    EXPECT_FALSE(none.value);
    EXPECT_EQ(none.undefined, Undefined::no_overlap);
  }
  EXPECT_EQ(krippendorff_alpha(same, Scale::interval).undefined, Undefined::class_without_number);
}

TEST(Agreement, order_of_annotators_and_tasks_does_not_matter) {
  std::vector<std::string> reversed(kKrippendorffC.rbegin(), kKrippendorffC.rend());
  for (std::string& annotator : reversed) annotator.assign(annotator.rbegin(), annotator.rend());
  const ClassCounts one = class_counts(matrix_of(kKrippendorffC, 5));
  const ClassCounts other = class_counts(matrix_of(reversed, 5));
  EXPECT_NEAR(*krippendorff_alpha(one, Scale::ordinal).value,
              *krippendorff_alpha(other, Scale::ordinal).value, 1e-12);
  EXPECT_NEAR(*gwet_ac(one, identity(5)).value, *gwet_ac(other, identity(5)).value, 1e-12);
  EXPECT_NEAR(*conger_kappa(matrix_of(kKrippendorffC, 5), identity(5)).value,
              *conger_kappa(matrix_of(reversed, 5), identity(5)).value, 1e-12);
}

TEST(Agreement, pair_table_counts_shared_tasks_only) {
  const truth::LabelMatrix labels = matrix_of({"112*", "1*21"}, 2);
  EXPECT_EQ(pair_table(labels, 0, 1), (Tabulated{1, 0, 0, 1}));
}

}  // namespace
}  // namespace mizan::agreement
