// Nines: the exact bound is a quantile of a beta distribution, found by halving.
#include "core/jobs/nines.h"

#include <cmath>

namespace kvscope {
namespace {

constexpr double kDoubt = 0.05;

// Regularised incomplete beta function by Lentz' continued fraction (Abramowitz and Stegun 26.5.8).
double betaFraction(double a, double b, double x)
{
    constexpr double kTiny = 1e-300;
    const auto away = [](double v) { return std::abs(v) < kTiny ? kTiny : v; };
    double c = 1;
    double d = 1 / away(1 - (a + b) * x / (a + 1));
    double result = d;
    for (int m = 1; m <= 10'000; ++m) {
        const double even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m));
        d = 1 / away(1 + even * d);
        c = away(1 + even / c);
        result *= d * c;
        const double odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1));
        d = 1 / away(1 + odd * d);
        c = away(1 + odd / c);
        const double factor = d * c;
        result *= factor;
        if (std::abs(factor - 1) < 1e-13) break;
    }
    return result;
}

double incompleteBeta(double a, double b, double x)
{
    if (x <= 0) return 0;
    if (x >= 1) return 1;
    const double front = std::exp(std::lgamma(a + b) - std::lgamma(a) - std::lgamma(b) +
                                  a * std::log(x) + b * std::log1p(-x));
    if (x < (a + 1) / (a + b + 2)) return front * betaFraction(a, b, x) / a;
    return 1 - front * betaFraction(b, a, 1 - x) / b;
}

} // namespace

double highestShare(std::int64_t differing, std::int64_t compared)
{
    if (compared <= 0 || differing >= compared) return 1;
    const auto n = static_cast<double>(compared);
    const auto d = static_cast<double>(differing);
    // Nothing differed: (1 − p)^n = 5 %, the rule of three.
    if (differing == 0) return -std::expm1(std::log(kDoubt) / n);
    double low = d / n;
    double high = 1;
    for (int i = 0; i < 200 && high - low > low * 1e-12; ++i) {
        const double middle = (low + high) / 2;
        // P(at most d differ | middle) = 1 − I_middle(d + 1, n − d)
        if (1 - incompleteBeta(d + 1, n - d, middle) > kDoubt)
            low = middle;
        else
            high = middle;
    }
    return high;
}

std::optional<double> nines(std::int64_t differing, std::int64_t compared)
{
    if (differing <= 0 || compared <= 0) return std::nullopt;
    // −log10(1) would be −0.
    if (differing >= compared) return 0.0;
    return -std::log10(static_cast<double>(differing) / static_cast<double>(compared));
}

double ninesLow(std::int64_t differing, std::int64_t compared)
{
    const double share = highestShare(differing, compared);
    return share >= 1 ? 0.0 : -std::log10(share);
}

} // namespace kvscope
