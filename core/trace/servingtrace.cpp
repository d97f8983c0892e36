// ServingTrace: lines out of a file, ids renamed densely.
#include "core/trace/servingtrace.h"

#include "core/trace/servingline.h"
#include "core/trace/tracefile.h"

#include <algorithm>
#include <unordered_map>

namespace kvscope::trace {
namespace {

using Kind = ServingFault::Kind;

class Reader
{
  public:
    explicit Reader(const std::stop_token &stop) : m_stop(stop) {}

    bool read(const std::string &path)
    {
        TraceFile file;
        if (!file.open(path)) return failOf(*file.error());
        std::string buffer;
        std::size_t searched = 0; // of the buffer: no line break before it
        while (file.readMore(buffer)) {
            if (m_stop.stop_requested()) return fail(Kind::Stopped);
            std::size_t begin = 0;
            for (std::size_t end = 0;
                 (end = buffer.find('\n', std::max(begin, searched))) != std::string::npos;
                 begin = end + 1)
                if (!takeLine(std::string_view(buffer).substr(begin, end - begin))) return false;
            buffer.erase(0, begin);
            searched = buffer.size();
            if (buffer.size() > ServingTrace::kLongestLine) {
                ++m_line;
                return fail(Kind::LineTooLong);
            }
        }
        if (file.error()) return failOf(*file.error());
        if (!buffer.empty() && !takeLine(buffer)) return false;
        m_trace.distinct = m_names.size();
        m_line = 0;
        return !m_trace.requests.empty() || fail(Kind::Empty);
    }

    ServingTrace takeTrace() { return std::move(m_trace); }
    const ServingFault &fault() const { return m_fault; }

  private:
    bool takeLine(std::string_view line)
    {
        ++m_line;
        if (line.find_first_not_of(" \t\r") == std::string_view::npos) return true;
        if (line.size() > ServingTrace::kLongestLine) return fail(Kind::LineTooLong);
        if (const auto kind = m_parser.parse(line)) return fail(*kind);
        const auto &ids = m_parser.ids();
        if (m_trace.blocks.size() + ids.size() > ServingTrace::kMostReferences ||
            m_trace.requests.size() >= ServingTrace::kMostReferences)
            return fail(Kind::TooLarge);
        for (const std::uint64_t id : ids) {
            const auto next = static_cast<std::uint32_t>(m_names.size());
            m_trace.blocks.push_back(m_names.try_emplace(id, next).first->second);
        }
        m_trace.requests.push_back({m_trace.blocks.size(), m_parser.inputTokens()});
        return true;
    }

    bool fail(Kind kind, std::string detail = {})
    {
        m_fault = {kind, m_line, std::move(detail)};
        return false;
    }

    bool failOf(const TraceError &error)
    {
        m_line = 0;
        switch (error.kind) {
        case TraceError::Kind::Unreadable:
            return fail(Kind::Unreadable, error.detail);
        case TraceError::Kind::NotATrace:
            return fail(Kind::NotUnpacked, error.detail);
        case TraceError::Kind::Truncated:
            return fail(Kind::Truncated);
        case TraceError::Kind::NeedsZstd:
            return fail(Kind::NeedsZstd);
        }
        return false;
    }

    const std::stop_token &m_stop;
    ServingTrace m_trace;
    std::unordered_map<std::uint64_t, std::uint32_t> m_names;
    ServingLine m_parser;
    unsigned long long m_line = 0;
    ServingFault m_fault;
};

} // namespace

std::uint64_t ServingTrace::inputTokens() const
{
    std::uint64_t sum = 0;
    for (const Request &request : requests) sum += request.inputTokens;
    return sum;
}

std::optional<ServingTrace> readServingTrace(const std::string &path, ServingFault &fault,
                                             const std::stop_token &stop)
{
    Reader reader(stop);
    if (reader.read(path)) return reader.takeTrace();
    fault = reader.fault();
    return std::nullopt;
}

} // namespace kvscope::trace
