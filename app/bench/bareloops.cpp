// BareLoops: nothing but the calls.
#include "app/bench/bareloops.h"

#include "app/bench/barecompare.h"
#include "app/bench/redisfixture.h"

#include <sqlite3.h>

#include <QFile>
#include <QProcess>

namespace kvscope::bench {
namespace {

constexpr const char *kTtlMs = "3600000";
constexpr const char *kGuard = "local old = redis.call('GET', KEYS[1]) "
                               "if old and tonumber(string.match(old, '\"_v\":(%d+)}$')) >= "
                               "tonumber(ARGV[3]) then return 0 end "
                               "redis.call('SET', KEYS[1], ARGV[1], 'PX', ARGV[2]) return 1";

class Rows
{
  public:
    explicit Rows(const QString &file)
    {
        sqlite3_open_v2(QFile::encodeName(file).constData(), &m_database,
                        SQLITE_OPEN_READONLY | SQLITE_OPEN_NOMUTEX, nullptr);
        sqlite3_prepare_v2(m_database, "SELECT key, value, version FROM ready ORDER BY id", -1,
                           &m_row, nullptr);
    }
    ~Rows()
    {
        sqlite3_finalize(m_row);
        sqlite3_close(m_database);
    }
    Rows(const Rows &) = delete;
    Rows &operator=(const Rows &) = delete;

    bool next() { return sqlite3_step(m_row) == SQLITE_ROW; }
    // Valid until the next row.
    BytesView text(int column) const
    {
        const auto *text = reinterpret_cast<const char *>(sqlite3_column_text(m_row, column));
        return {text, std::size_t(sqlite3_column_bytes(m_row, column))};
    }

  private:
    sqlite3 *m_database = nullptr;
    sqlite3_stmt *m_row = nullptr;
};

template<std::size_t N>
void append(redisContext *redis, const std::array<BytesView, N> &argv)
{
    const char *pointers[N];
    std::size_t lengths[N];
    for (std::size_t i = 0; i < N; ++i) {
        pointers[i] = argv[i].data();
        lengths[i] = argv[i].size();
    }
    redisAppendCommandArgv(redis, int(N), pointers, lengths);
}

// `appendRow` adds one command a row; each answer goes to `isRight`.
template<class Append, class IsRight>
bool overwrite(redisContext *redis, const QString &file, Append appendRow, IsRight isRight)
{
    Rows rows(file);
    std::array<std::size_t, kInFlight> sizes{};
    std::size_t sent = 0, taken = 0;
    bool more = true;
    while (more || taken < sent) {
        if (more && sent - taken < kInFlight) {
            std::size_t &size = sizes[sent % kInFlight];
            for (size = 0; size < kBatch && (more = rows.next()); ++size) appendRow(rows);
            if (!flush(redis)) return false;
            if (size > 0) ++sent;
            continue;
        }
        for (std::size_t i = 0; i < sizes[taken % kInFlight]; ++i) {
            const Reply reply = take(redis);
            if (!reply || !isRight(*reply)) return false;
        }
        ++taken;
    }
    return true;
}

} // namespace

bool BareLoops::set() const
{
    const auto redis = m_server.connect();
    return redis &&
           overwrite(
               redis.get(), m_file,
               [&](const Rows &rows) {
                   append<6>(redis.get(), {"SET", rows.text(0), rows.text(1), "NX", "PX", kTtlMs});
               },
               [](const redisReply &reply) { return reply.type == REDIS_REPLY_STATUS; });
}

bool BareLoops::setGuarded() const
{
    const auto redis = m_server.connect();
    if (!redis) return false;
    redisAppendCommand(redis.get(), "SCRIPT LOAD %s", kGuard);
    const Reply loaded = take(redis.get());
    if (!loaded || loaded->type != REDIS_REPLY_STRING) return false;
    const BytesView sha(loaded->str, loaded->len);
    return overwrite(
        redis.get(), m_file,
        [&](const Rows &rows) {
            append<7>(redis.get(),
                      {"EVALSHA", sha, "1", rows.text(0), rows.text(1), kTtlMs, rows.text(2)});
        },
        [](const redisReply &reply) { return reply.type == REDIS_REPLY_INTEGER && reply.integer; });
}

bool BareLoops::compare() const
{
    const auto redis = m_server.connect();
    Rows rows(m_file);
    return redis && compareEach(redis.get(), rows);
}

bool BareLoops::scan(std::size_t expected) const
{
    const auto redis = m_server.connect();
    if (!redis) return false;
    Bytes cursor = "0";
    std::size_t keys = 0;
    do {
        append<4>(redis.get(), {"SCAN", cursor, "COUNT", "1000"});
        const Reply reply = take(redis.get());
        if (!reply || reply->elements != 2) return false;
        cursor.assign(reply->element[0]->str, reply->element[0]->len);
        const redisReply &page = *reply->element[1];
        for (std::size_t i = 0; i < page.elements; ++i) keys += page.element[i]->len > 0 ? 1 : 0;
    } while (cursor != "0");
    return keys >= expected; // SCAN may name a key twice
}

bool BareLoops::writeCommands(const QString &path) const
{
    QFile file(path);
    if (!file.open(QIODevice::WriteOnly)) return false;
    Rows rows(m_file);
    while (rows.next()) {
        Bytes command = "*6\r\n";
        for (const BytesView word : {BytesView("SET"), rows.text(0), rows.text(1), BytesView("NX"),
                                     BytesView("PX"), BytesView(kTtlMs)})
            (((command += '$') += std::to_string(word.size())) += "\r\n").append(word) += "\r\n";
        if (file.write(command.data(), qint64(command.size())) != qint64(command.size()))
            return false;
    }
    return file.flush();
}

bool BareLoops::pipe(const QString &path) const
{
    QProcess process;
    process.setStandardInputFile(path);
    process.setStandardOutputFile(QProcess::nullDevice());
    process.start(
        QStringLiteral("redis-cli"),
        {QStringLiteral("-p"), QString::number(m_server.port()), QStringLiteral("--pipe")});
    return process.waitForFinished(-1) && process.exitStatus() == QProcess::NormalExit &&
           process.exitCode() == 0;
}

} // namespace kvscope::bench
