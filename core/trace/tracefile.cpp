// TraceFile: fread, and zstd's streaming interface behind it.
#include "core/trace/tracefile.h"

#include <cerrno>
#include <cstring>
#include <utility>

#ifdef KVSCOPE_ZSTD
#include <zstd.h>
#endif

namespace kvscope::trace {
namespace {

constexpr unsigned char kZstdMagic[] = {0x28, 0xB5, 0x2F, 0xFD};

} // namespace

#ifdef KVSCOPE_ZSTD
struct TraceFile::Unpacker
{
    struct Free
    {
        void operator()(ZSTD_DStream *stream) const { ZSTD_freeDStream(stream); }
    };
    std::unique_ptr<ZSTD_DStream, Free> stream{ZSTD_createDStream()};
    ZSTD_inBuffer input{nullptr, 0, 0};
    std::size_t wanted = 1; // 0: a frame has ended
};
#else
struct TraceFile::Unpacker
{};
#endif

TraceFile::TraceFile() = default;
TraceFile::TraceFile(TraceFile &&other) noexcept
    : m_file(std::exchange(other.m_file, nullptr)), m_unpacker(std::move(other.m_unpacker)),
      m_packed(std::move(other.m_packed)), m_error(std::move(other.m_error))
{}

TraceFile &TraceFile::operator=(TraceFile &&other) noexcept
{
    std::swap(m_file, other.m_file);
    std::swap(m_unpacker, other.m_unpacker);
    std::swap(m_packed, other.m_packed);
    std::swap(m_error, other.m_error);
    return *this;
}

TraceFile::~TraceFile()
{
    if (m_file != nullptr) std::fclose(m_file);
}

bool TraceFile::fail(TraceError::Kind kind, std::string detail)
{
    m_error = std::make_unique<TraceError>(TraceError{kind, std::move(detail), 0});
    return false;
}

bool TraceFile::open(const std::string &path)
{
    m_file = std::fopen(path.c_str(), "rbe");
    if (m_file == nullptr) return fail(TraceError::Kind::Unreadable, std::strerror(errno));
    unsigned char magic[sizeof kZstdMagic] = {};
    const std::size_t length = std::fread(magic, 1, sizeof magic, m_file);
    if (std::ferror(m_file) != 0) return fail(TraceError::Kind::Unreadable, std::strerror(errno));
    std::rewind(m_file);
    if (length < sizeof magic || std::memcmp(magic, kZstdMagic, sizeof magic) != 0) return true;
#ifdef KVSCOPE_ZSTD
    m_unpacker = std::make_unique<Unpacker>();
    m_packed.resize(ZSTD_DStreamInSize());
    return true;
#else
    return fail(TraceError::Kind::NeedsZstd);
#endif
}

bool TraceFile::readMore(std::string &buffer)
{
    if (m_error || m_file == nullptr) return false;
    const std::size_t before = buffer.size();
    buffer.resize(before + kPiece);
    std::size_t got = 0;
    if (!m_unpacker) {
        got = std::fread(buffer.data() + before, 1, kPiece, m_file);
    } else {
#ifdef KVSCOPE_ZSTD
        Unpacker &unpacker = *m_unpacker;
        ZSTD_outBuffer output{buffer.data() + before, kPiece, 0};
        while (output.pos == 0) {
            if (unpacker.input.pos == unpacker.input.size) {
                const std::size_t packed = std::fread(m_packed.data(), 1, m_packed.size(), m_file);
                if (packed == 0) break;
                unpacker.input = {m_packed.data(), packed, 0};
            }
            unpacker.wanted =
                ZSTD_decompressStream(unpacker.stream.get(), &output, &unpacker.input);
            if (ZSTD_isError(unpacker.wanted) != 0U) {
                buffer.resize(before);
                return fail(TraceError::Kind::NotATrace, ZSTD_getErrorName(unpacker.wanted));
            }
        }
        got = output.pos;
        if (got == 0 && unpacker.wanted != 0 && std::ferror(m_file) == 0) {
            buffer.resize(before);
            return fail(TraceError::Kind::Truncated, "zstd");
        }
#endif
    }
    buffer.resize(before + got);
    if (got == 0 && std::ferror(m_file) != 0)
        return fail(TraceError::Kind::Unreadable, std::strerror(errno));
    return got > 0;
}

} // namespace kvscope::trace
