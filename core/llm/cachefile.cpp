// Session, save and restore: a sequence's whole state in one file.
//
//     "KVSESS01" model format policy │ texts: tokens, logits, sampler, policy │ cells │ blocks │
//     checksum
//
// Blocks are written as they lie, with free cells and quantised codes, so that what goes on after
// restore() is bit for bit what would have gone on. Nothing in the file is believed: sizes are
// checked against the file, tokens against the vocabulary, the checksum against everything.
#include "core/base/hash.h"
#include "core/llm/session.h"

#include <bit>
#include <cstdio>
#include <cstring>
#include <fstream>
#include <unistd.h>

namespace kvscope::llm {
namespace {

constexpr std::string_view kMagic = "KVSESS01";

template<class T>
void put(std::string &out, const T &value)
{
    static_assert(std::is_trivially_copyable_v<T>);
    out.append(reinterpret_cast<const char *>(&value), sizeof value);
}

void putBytes(std::string &out, const void *data, std::size_t size)
{
    put(out, static_cast<std::uint64_t>(size));
    out.append(static_cast<const char *>(data), size);
}

/// Reads forward; what does not fit makes it failed and everything after it empty.
class Reader
{
  public:
    explicit Reader(std::string_view bytes) : m_left(bytes) {}
    bool failed() const { return m_failed; }
    bool atEnd() const { return m_left.empty(); }

    std::string_view raw(std::uint64_t size)
    {
        if (m_failed || size > m_left.size()) {
            m_failed = true;
            return {};
        }
        const std::string_view out = m_left.substr(0, static_cast<std::size_t>(size));
        m_left.remove_prefix(out.size());
        return out;
    }
    template<class T>
    T get()
    {
        T value{};
        if (const std::string_view bytes = raw(sizeof value); !bytes.empty())
            std::memcpy(&value, bytes.data(), sizeof value);
        return value;
    }
    std::string_view bytes() { return raw(get<std::uint64_t>()); }
    template<class T>
    std::vector<T> values()
    {
        const std::string_view all = bytes();
        std::vector<T> out(all.size() / sizeof(T));
        if (!out.empty()) std::memcpy(out.data(), all.data(), out.size() * sizeof(T));
        return out;
    }

  private:
    std::string_view m_left;
    bool m_failed = false;
};

} // namespace

/// Knows how a cache's table lies in a file.
class CacheFile
{
  public:
    static void write(const KvCache &cache, std::string &out)
    {
        put(out, cache.m_nextPosition);
        put(out, cache.m_nextIndex);
        put(out, static_cast<std::uint8_t>(cache.m_isWhole));
        put(out, static_cast<std::uint64_t>(cache.m_table.size()));
        for (const KvCache::TableBlock &entry : cache.m_table) {
            put(out, entry.live);
            put(out, static_cast<std::uint8_t>(entry.isResidual));
            for (const Cell &cell : entry.cells) {
                put(out, cell.token);
                put(out, cell.index);
                put(out, cell.position);
                put(out, static_cast<std::uint8_t>(cell.isHeld));
                put(out, cell.mass);
                put(out, cell.keyNorm);
            }
            putBytes(out, entry.block.data(), cache.layoutOf(entry).blockBytes());
        }
    }

    /// Null: it read well. Else what is wrong.
    static const char *read(Reader &in, KvCache &cache, std::size_t vocab)
    {
        cache.clear();
        const auto nextPosition = in.get<std::int32_t>();
        const auto nextIndex = in.get<std::int32_t>();
        const auto isWhole = in.get<std::uint8_t>();
        const auto blocks = in.get<std::uint64_t>();
        if (nextPosition < 0 || nextIndex < 0) return "a position below 0";
        for (std::uint64_t b = 0; b < blocks; ++b) {
            KvCache::TableBlock entry;
            entry.live = in.get<std::uint16_t>();
            entry.isResidual = in.get<std::uint8_t>() != 0;
            if (in.failed() || (entry.isResidual && !cache.m_residual))
                return "a block of another format";
            for (std::size_t slot = 0; slot < kBlockTokens; ++slot) {
                Cell &cell = entry.cells[slot];
                cell.token = in.get<TokenId>();
                cell.index = in.get<std::int32_t>();
                cell.position = in.get<std::int32_t>();
                cell.isHeld = in.get<std::uint8_t>() != 0;
                cell.mass = in.get<float>();
                cell.keyNorm = in.get<float>();
                cell.origin = Origin::File;
                if (cell.token >= vocab || cell.position < 0 || cell.position > nextPosition ||
                    cell.index < 0 || cell.index > nextIndex)
                    return "a cell beyond the sequence";
                if (((entry.live >> slot) & 1U) != 0)
                    entry.lastPosition = std::max(entry.lastPosition, cell.position);
            }
            BlockPool &pool = entry.isResidual ? *cache.m_residual : *cache.m_pool;
            const std::string_view bytes = in.bytes();
            if (entry.live == 0 || bytes.size() != pool.layout().blockBytes())
                return "a block of another size";
            entry.block = pool.allocate();
            if (!entry.block) return "more blocks than memory";
            std::memcpy(entry.block.writableData(), bytes.data(), bytes.size());
            cache.m_cells += static_cast<std::size_t>(std::popcount(entry.live));
            cache.m_table.push_back(std::move(entry));
        }
        cache.dropEmpty(); // counts the holes
        cache.m_nextPosition = nextPosition;
        cache.m_nextIndex = nextIndex;
        cache.m_isWhole = isWhole != 0;
        return in.failed() ? "it ends too early" : nullptr;
    }
};

Expected<void> Session::save(const std::string &path) const
{
    std::string out(kMagic);
    put(out, model().fingerprint());
    const std::string format = m_cache.layout().format().name();
    const std::string policy = m_options.policy.text();
    const std::string sampler = m_sampler.memory();
    const std::string memory = m_policy->memory();
    putBytes(out, format.data(), format.size());
    putBytes(out, policy.data(), policy.size());
    putBytes(out, sampler.data(), sampler.size());
    putBytes(out, memory.data(), memory.size());
    putBytes(out, m_tokens.data(), m_tokens.size() * sizeof(TokenId));
    putBytes(out, m_logits.data(), m_logits.size() * sizeof(float));
    CacheFile::write(m_cache, out);
    put(out, hashBytes(out, 0));

    // Beside the place and then moved: a full disk never leaves half a file under the name.
    const std::string part = path + ".part";
    std::ofstream file(part, std::ios::binary | std::ios::trunc);
    file.write(out.data(), static_cast<std::streamsize>(out.size()));
    file.close();
    if (!file || std::rename(part.c_str(), path.c_str()) != 0) {
        const std::string reason = std::strerror(errno);
        ::unlink(part.c_str());
        return fault(FaultCode::FileUnreadable, {path, reason});
    }
    return {};
}

Expected<void> Session::restore(const std::string &path)
{
    const Expected<MappedFile> file = MappedFile::open(path);
    if (!file) return tl::unexpected<Fault>(file.error());
    const std::string_view all(reinterpret_cast<const char *>(file->bytes().data()),
                               file->bytes().size());
    const auto broken = [&](const char *why) { return fault(FaultCode::FileBroken, {path, why}); };
    if (all.size() < kMagic.size() + 8 || !all.starts_with(kMagic))
        return broken("it is no saved session");
    std::uint64_t checksum = 0;
    std::memcpy(&checksum, all.data() + all.size() - 8, 8);
    if (hashBytes(all.substr(0, all.size() - 8), 0) != checksum)
        return broken("its checksum does not agree");

    Reader in(all.substr(kMagic.size(), all.size() - kMagic.size() - 8));
    if (in.get<std::uint64_t>() != model().fingerprint())
        return fault(FaultCode::CacheMismatch, {"model"});
    if (in.bytes() != m_cache.layout().format().name())
        return fault(FaultCode::CacheMismatch, {"number format"});
    if (in.bytes() != m_options.policy.text()) return fault(FaultCode::CacheMismatch, {"policy"});
    const std::string sampler(in.bytes());
    const std::string memory(in.bytes());
    std::vector<TokenId> tokens = in.values<TokenId>();
    std::vector<float> logits = in.values<float>();
    const std::size_t vocab = model().shape().vocab;
    for (const TokenId token : tokens)
        if (token >= vocab) return broken("a token beyond the vocabulary");
    if (!logits.empty() && logits.size() != vocab) return broken("logits of another size");
    KvCache restored = m_cache;
    if (const char *wrong = CacheFile::read(in, restored, vocab)) return broken(wrong);
    if (!in.atEnd()) return broken("more than a session");
    if (restored.isWhole() && restored.cells() != tokens.size())
        return broken("cells that are not the tokens");
    if (!m_policy->restore(memory) || !m_sampler.restore(sampler))
        return broken("a policy's memory that is none");
    m_cache = std::move(restored);
    m_tokens = std::move(tokens);
    m_logits = std::move(logits);
    m_published = 0;
    m_prefixHits = 0;
    return {};
}

} // namespace kvscope::llm
