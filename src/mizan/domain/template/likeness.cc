#include "mizan/domain/template/likeness.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <utility>

namespace mizan::domain {

namespace {

char32_t next_code_point(std::string_view text, std::size_t& at) {
  const auto lead = static_cast<unsigned char>(text[at++]);
  const int more = lead < 0xC0 ? 0 : lead < 0xE0 ? 1 : lead < 0xF0 ? 2 : 3;
  constexpr std::array<unsigned, 4> kMask = {0x7F, 0x1F, 0x0F, 0x07};
  char32_t point = lead & kMask[static_cast<std::size_t>(more)];
  for (int i = 0; i < more && at < text.size(); ++i)
    point = (point << 6) | (static_cast<unsigned char>(text[at++]) & 0x3F);
  return point;
}

void append_utf8(std::string& out, char32_t point) {
  const auto byte = [&](char32_t value) { out += static_cast<char>(value); };
  if (point < 0x80) return byte(point);
  if (point < 0x800) return byte(0xC0 | (point >> 6)), byte(0x80 | (point & 0x3F));
  if (point < 0x10000) {
    byte(0xE0 | (point >> 12));
  } else {
    byte(0xF0 | (point >> 18));
    byte(0x80 | ((point >> 12) & 0x3F));
  }
  byte(0x80 | ((point >> 6) & 0x3F));
  byte(0x80 | (point & 0x3F));
}

bool within(char32_t point, char32_t low, char32_t high) {
  return point >= low && point <= high;
}

char32_t lower(char32_t point) {
  if (within(point, 'A', 'Z')) return point + 0x20;
  if (within(point, 0xC0, 0xDE) && point != 0xD7) return point + 0x20;
  if (within(point, 0x391, 0x3A9)) return point + 0x20;
  if (within(point, 0x410, 0x42F)) return point + 0x20;
  if (within(point, 0x400, 0x40F)) return point + 0x50;
  return point;
}

bool is_space(char32_t point) {
  return point == ' ' || within(point, 9, 13) || point == 0xA0 || within(point, 0x2000, 0x200A) ||
         point == 0x3000;
}

bool is_left_out(char32_t point) {
  const bool ascii = within(point, '!', '/') || within(point, ':', '@') || within(point, '[', '`') ||
                     within(point, '{', '~') || point < ' ';
  const bool arabic =
      within(point, 0x64B, 0x652) || point == 0x640 || point == 0x60C || point == 0x61B || point == 0x61F;
  return ascii || arabic || within(point, 0x200B, 0x206F) || within(point, 0x3001, 0x3002) || point == 0xAB ||
         point == 0xBB;
}

double f1(std::size_t common, std::size_t a, std::size_t b) {
  return a + b == 0 ? 1 : 2.0 * static_cast<double>(common) / static_cast<double>(a + b);
}

/// Sorted stretches that touch or overlap become one.
std::vector<std::pair<double, double>> merged(std::vector<std::pair<double, double>> stretches) {
  std::sort(stretches.begin(), stretches.end());
  std::vector<std::pair<double, double>> out;
  for (const auto& each : stretches) {
    if (!out.empty() && each.first <= out.back().second) {
      out.back().second = std::max(out.back().second, each.second);
    } else {
      out.push_back(each);
    }
  }
  return out;
}

using Marks = std::map<std::string, std::vector<std::pair<double, double>>>;

Marks marks_by_label(const std::vector<Span>& spans) {
  Marks out;
  for (const Span& span : spans) out[span.label].emplace_back(span.start, span.end);
  for (auto& [label, stretches] : out) stretches = merged(std::move(stretches));
  return out;
}

double length(const std::vector<std::pair<double, double>>& stretches) {
  double out = 0;
  for (const auto& [start, end] : stretches) out += end - start;
  return out;
}

double box_iou(const Box& a, const Box& b) {
  const double width = std::min(a.x + a.width, b.x + b.width) - std::max(a.x, b.x);
  const double height = std::min(a.y + a.height, b.y + b.height) - std::max(a.y, b.y);
  if (width <= 0 || height <= 0) return 0;
  const double common = width * height;
  return common / (a.width * a.height + b.width * b.height - common);
}

std::map<std::string, int> places(const RankingAnswer& ranking) {
  std::map<std::string, int> out;
  int place = 0;
  for (const auto& group : ranking.groups) {
    for (const std::string& each : group) out[each] = place;
    ++place;
  }
  return out;
}

int sign(int number) {
  return (number > 0) - (number < 0);
}

}  // namespace

std::string normalised(std::string_view text) {
  std::string out;
  bool space_waits = false;
  for (std::size_t at = 0; at < text.size();) {
    const char32_t point = next_code_point(text, at);
    if (is_space(point)) {
      space_waits = true;
    } else if (!is_left_out(point)) {
      if (space_waits && !out.empty()) out += ' ';
      space_waits = false;
      append_utf8(out, lower(point));
    }
  }
  return out;
}

double set_f1(const std::vector<std::string>& a, const std::vector<std::string>& b) {
  const auto common = std::count_if(a.begin(), a.end(), [&](const std::string& each) {
    return std::find(b.begin(), b.end(), each) != b.end();
  });
  return f1(static_cast<std::size_t>(common), a.size(), b.size());
}

double span_f1(const std::vector<Span>& a, const std::vector<Span>& b) {
  std::vector<Span> common;
  std::set_intersection(a.begin(), a.end(), b.begin(), b.end(), std::back_inserter(common));
  return f1(common.size(), a.size(), b.size());
}

double span_overlap(const std::vector<Span>& a, const std::vector<Span>& b) {
  const Marks first = marks_by_label(a);
  const Marks second = marks_by_label(b);
  double common = 0;
  double all = 0;
  for (const auto& [label, stretches] : first) all += length(stretches);
  for (const auto& [label, stretches] : second) {
    all += length(stretches);
    const auto other = first.find(label);
    if (other == first.end()) continue;
    for (const auto& x : stretches)
      for (const auto& y : other->second)
        common += std::max(0.0, std::min(x.second, y.second) - std::max(x.first, y.first));
  }
  return all == 0 ? 1 : common / (all - common);
}

double box_f1(const std::vector<Box>& a, const std::vector<Box>& b, double iou) {
  struct Pair {
    double overlap;
    std::size_t a;
    std::size_t b;
  };
  std::vector<Pair> pairs;
  for (std::size_t i = 0; i < a.size(); ++i)
    for (std::size_t j = 0; j < b.size(); ++j)
      if (const double overlap = box_iou(a[i], b[j]); a[i].label == b[j].label && overlap >= iou)
        pairs.push_back({overlap, i, j});
  std::stable_sort(pairs.begin(), pairs.end(),
                   [](const Pair& x, const Pair& y) { return x.overlap > y.overlap; });
  std::vector<bool> a_taken(a.size());
  std::vector<bool> b_taken(b.size());
  std::size_t common = 0;
  for (const Pair& pair : pairs) {
    if (a_taken[pair.a] || b_taken[pair.b]) continue;
    a_taken[pair.a] = b_taken[pair.b] = true;
    ++common;
  }
  return f1(common, a.size(), b.size());
}

double kendall_tau(const RankingAnswer& a, const RankingAnswer& b) {
  const auto first = places(a);
  const auto second = places(b);
  if (first == second) return 1;
  double agreement = 0;
  double apart_a = 0;
  double apart_b = 0;
  for (auto i = first.begin(); i != first.end(); ++i) {
    for (auto j = std::next(i); j != first.end(); ++j) {
      const auto x = second.find(i->first);
      const auto y = second.find(j->first);
      if (x == second.end() || y == second.end()) continue;
      const int in_a = sign(i->second - j->second);
      const int in_b = sign(x->second - y->second);
      agreement += in_a * in_b;
      apart_a += in_a * in_a;
      apart_b += in_b * in_b;
    }
  }
  const double scale = std::sqrt(apart_a * apart_b);
  return scale == 0 ? 0 : agreement / scale;
}

}  // namespace mizan::domain
