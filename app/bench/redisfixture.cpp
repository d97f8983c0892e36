// redis-server as a child, seeded by pipelined MSETs.
#include "app/bench/redisfixture.h"

#include <hiredis/hiredis.h>

#include <netinet/in.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <numeric>
#include <random>
#include <thread>

namespace kvscope::bench {
namespace {

constexpr int kStartMs = 10'000;
constexpr std::size_t kPairsPerCommand = 500;
constexpr std::size_t kCommandsInFlight = 8;

int freePort()
{
    const int descriptor = socket(AF_INET, SOCK_STREAM, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof address;
    int port = 0;
    if (bind(descriptor, reinterpret_cast<sockaddr *>(&address), size) == 0 &&
        getsockname(descriptor, reinterpret_cast<sockaddr *>(&address), &size) == 0)
        port = ntohs(address.sin_port);
    close(descriptor);
    return port;
}

tl::unexpected<Error> failed(const QString &detail)
{
    return failure(ErrorCode::SourceFailed, {QStringLiteral("redis-server"), detail});
}

bool isOk(redisContext *context)
{
    redisReply *reply = nullptr;
    if (redisGetReply(context, reinterpret_cast<void **>(&reply)) != REDIS_OK) return false;
    const bool ok = reply->type != REDIS_REPLY_ERROR;
    freeReplyObject(reply);
    return ok;
}

} // namespace

void RedisFixture::Closer::operator()(redisContext *context) const
{
    redisFree(context);
}

Result<std::unique_ptr<RedisFixture>> RedisFixture::start(const QStringList &options)
{
    std::unique_ptr<RedisFixture> fixture(new RedisFixture);
    fixture->m_port = freePort();
    QProcess &process = fixture->m_process;
    process.setWorkingDirectory(fixture->m_folder.path());
    process.setStandardOutputFile(QProcess::nullDevice());
    process.setStandardErrorFile(QProcess::nullDevice());
    process.setChildProcessModifier([] { prctl(PR_SET_PDEATHSIG, SIGKILL); });
    process.start(QStringLiteral("redis-server"),
                  QStringList{QStringLiteral("--port"), QString::number(fixture->m_port),
                              QStringLiteral("--bind"), QStringLiteral("127.0.0.1"),
                              QStringLiteral("--save"), QString(), QStringLiteral("--appendonly"),
                              QStringLiteral("no")} +
                      options);
    if (!process.waitForStarted(kStartMs)) return failed(process.errorString());
    const auto until = std::chrono::steady_clock::now() + std::chrono::milliseconds(kStartMs);
    while (!fixture->connect()) {
        if (std::chrono::steady_clock::now() > until)
            return failed(QStringLiteral("no answer on port %1").arg(fixture->m_port));
        std::this_thread::sleep_for(std::chrono::milliseconds(5));
    }
    return fixture;
}

RedisFixture::~RedisFixture()
{
    m_process.kill();
    m_process.waitForFinished();
}

RedisFixture::Connection RedisFixture::connect() const
{
    Connection context(redisConnect("127.0.0.1", m_port));
    if (!context || context->err) return nullptr;
    return context;
}

Result<bool> RedisFixture::seed(std::size_t count, const Namer &key, std::size_t valueBytes)
{
    const Connection context = connect();
    if (!context) return failed(QStringLiteral("connection refused"));
    redisAppendCommand(context.get(), "FLUSHALL");
    if (!isOk(context.get())) return failed(QString::fromUtf8(context->errstr));

    std::size_t inFlight = 0;
    std::vector<Bytes> parts;
    std::vector<const char *> pointers;
    std::vector<std::size_t> lengths;
    const std::vector<std::uint32_t> order = shuffled(count);
    for (std::size_t begin = 0; begin < count; begin += kPairsPerCommand) {
        parts.assign(1, "MSET");
        for (std::size_t at = begin; at < std::min(count, begin + kPairsPerCommand); ++at) {
            parts.push_back(key(order[at]));
            parts.push_back(benchValue(order[at], valueBytes));
        }
        pointers.clear();
        lengths.clear();
        for (const Bytes &part : parts) {
            pointers.push_back(part.data());
            lengths.push_back(part.size());
        }
        redisAppendCommandArgv(context.get(), int(parts.size()), pointers.data(), lengths.data());
        if (++inFlight < kCommandsInFlight) continue;
        if (!isOk(context.get())) return failed(QString::fromUtf8(context->errstr));
        --inFlight;
    }
    for (; inFlight > 0; --inFlight) {
        if (!isOk(context.get())) return failed(QString::fromUtf8(context->errstr));
    }
    return true;
}

Bytes benchKey(std::size_t i)
{
    char text[32];
    std::snprintf(text, sizeof text, "user:%07zu", i);
    return text;
}

Bytes benchValue(std::size_t i, std::size_t bytes)
{
    char text[32];
    std::snprintf(text, sizeof text, "%010zu|", i);
    Bytes value(text);
    value.resize(bytes, 'v');
    return value;
}

std::vector<std::uint32_t> shuffled(std::size_t count, std::uint32_t seed)
{
    std::vector<std::uint32_t> order(count);
    std::iota(order.begin(), order.end(), 0U);
    std::mt19937 random(seed);
    std::shuffle(order.begin(), order.end(), random);
    return order;
}

} // namespace kvscope::bench
