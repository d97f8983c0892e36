// ServingReplay: reading, cells, and why a file is no trace.
#include "core/labrun/servingreplay.h"

#include "core/base/human.h"
#include "core/trace/servinggenerator.h"

#include <QCoreApplication>

#include <cmath>

namespace kvscope {
namespace {

struct Sentences
{
    Q_DECLARE_TR_FUNCTIONS(kvscope::LabReplay)
};

QString reasonOf(const trace::ServingFault &fault)
{
    using Kind = trace::ServingFault::Kind;
    switch (fault.kind) {
    case Kind::NotUnpacked:
        return Sentences::tr("zstd can't unpack it: %1").arg(QString::fromStdString(fault.detail));
    case Kind::Truncated:
        return Sentences::tr("it ends in the middle of its compressed data");
    case Kind::NeedsZstd:
        return Sentences::tr("it is compressed with zstd, which this build can't unpack");
    case Kind::NotJson:
        return Sentences::tr("line %1 is not a JSON object").arg(fault.line);
    case Kind::NoIds:
        return Sentences::tr("line %1 has no hash_ids").arg(fault.line);
    case Kind::NotIds:
        return Sentences::tr("line %1: hash_ids is not an array of whole numbers").arg(fault.line);
    case Kind::NoLength:
        return Sentences::tr("line %1 has no input_length").arg(fault.line);
    case Kind::NotALength:
        return Sentences::tr("line %1: input_length is not a whole number from 0 up to 2^32")
            .arg(fault.line);
    case Kind::LineTooLong:
        return Sentences::tr("line %1 is longer than %2")
            .arg(fault.line)
            .arg(QString::fromStdString(formatBytes(trace::ServingTrace::kLongestLine)));
    case Kind::TooLarge:
        return Sentences::tr("at line %1 it has more than %2 blocks; replay a part of it")
            .arg(fault.line)
            .arg(QString::fromStdString(formatCount(trace::ServingTrace::kMostReferences)));
    case Kind::Empty:
        return Sentences::tr("there is no request in it");
    case Kind::Unreadable:
    case Kind::Stopped:
        break;
    }
    return QString::fromStdString(fault.detail);
}

// 1, 1.5, 2, 3, 5, 7 and their tens: what people would have typed.
std::size_t rounded(double size)
{
    const double ten = std::pow(10, std::floor(std::log10(size)));
    double best = 1;
    for (const double step : {1.0, 1.5, 2.0, 3.0, 5.0, 7.0, 10.0})
        if (std::abs(std::log(size / ten / step)) < std::abs(std::log(size / ten / best)))
            best = step;
    return static_cast<std::size_t>(std::max(1.0, std::round(best * ten)));
}

} // namespace

Error errorOf(const trace::ServingFault &fault, const QString &path)
{
    return Error(ErrorCode::FileUnreadable, {path, reasonOf(fault)});
}

std::vector<std::size_t> replaySizes(std::size_t distinct, std::size_t count)
{
    constexpr double kSpan = 1000; // from the smallest to all
    std::vector<std::size_t> sizes;
    const auto all = static_cast<double>(std::max<std::size_t>(1, distinct));
    for (std::size_t i = 0; i < count; ++i) {
        const double share = static_cast<double>(count - 1 - i) / static_cast<double>(count - 1);
        const std::size_t size = rounded(std::max(1.0, all * std::pow(kSpan, -share)));
        if (sizes.empty() || size > sizes.back()) sizes.push_back(size);
    }
    return sizes;
}

void ServingReplay::start(const QString &path)
{
    m_thread = std::jthread([this, path](const std::stop_token &stop) { work(path, stop); });
}

void ServingReplay::work(const QString &path, const std::stop_token &stop) const
{
    ServingReplayState state;
    state.path = path;
    state.isRunning = true;
    const auto tell = [&] { m_told(std::make_shared<const ServingReplayState>(state)); };
    const auto end = [&] {
        state.isRunning = false;
        state.wasCancelled = stop.stop_requested();
        tell();
    };
    tell();
    trace::ServingFault fault;
    const auto trace = path.isEmpty() ? std::optional(trace::makeServingTrace())
                                      : trace::readServingTrace(path.toStdString(), fault, stop);
    if (!trace) {
        if (fault.kind != trace::ServingFault::Kind::Stopped) state.error = errorOf(fault, path);
        return end();
    }
    state.requests = trace->requests.size();
    state.references = trace->blocks.size();
    state.distinct = trace->distinct;
    state.tokens = trace->inputTokens();
    const std::vector<std::size_t> sizes = replaySizes(trace->distinct, kSizes);
    state.steps = 1 + sizes.size() * trace::prefixPolicies().size();
    const auto replay = [&](trace::PrefixPolicy policy, std::optional<std::size_t> blocks) {
        const auto result = trace::replayPrefixes(*trace, policy, blocks, stop);
        if (!result) return false;
        state.cells.push_back({policy, blocks, *result});
        tell();
        return true;
    };
    // Without a bound every policy is the same.
    if (!replay(trace::PrefixPolicy::Lru, std::nullopt)) return end();
    for (const std::size_t size : sizes)
        for (const trace::PrefixPolicy policy : trace::prefixPolicies())
            if (!replay(policy, size)) return end();
    end();
}

} // namespace kvscope
