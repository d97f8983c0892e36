// MappedFile: open, mmap, close.
#include "core/llm/mappedfile.h"

#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>
#include <utility>

namespace kvscope::llm {
namespace {

tl::unexpected<Fault> unreadable(const std::string &path, int reason)
{
    return fault(FaultCode::FileUnreadable, {path, std::strerror(reason)});
}

} // namespace

Expected<MappedFile> MappedFile::open(const std::string &path)
{
    const int file = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
    if (file < 0) return unreadable(path, errno);
    struct stat status = {};
    if (::fstat(file, &status) != 0) {
        const int reason = errno;
        ::close(file);
        return unreadable(path, reason);
    }
    if (!S_ISREG(status.st_mode) || status.st_size <= 0) {
        ::close(file);
        return unreadable(path, S_ISDIR(status.st_mode) ? EISDIR : ENODATA);
    }
    const auto size = static_cast<std::size_t>(status.st_size);
    void *data = ::mmap(nullptr, size, PROT_READ, MAP_PRIVATE, file, 0);
    const int reason = errno;
    ::close(file);
    if (data == MAP_FAILED) return unreadable(path, reason);
    return MappedFile(static_cast<const std::byte *>(data), size);
}

MappedFile::MappedFile(MappedFile &&other) noexcept
    : m_data(std::exchange(other.m_data, nullptr)), m_size(std::exchange(other.m_size, 0))
{}

MappedFile &MappedFile::operator=(MappedFile &&other) noexcept
{
    std::swap(m_data, other.m_data);
    std::swap(m_size, other.m_size);
    return *this;
}

MappedFile::~MappedFile()
{
    if (m_data != nullptr) ::munmap(const_cast<std::byte *>(m_data), m_size);
}

} // namespace kvscope::llm
