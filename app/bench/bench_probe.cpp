// `bench probe`: what a foreground client feels of a warm-up and of a check at their automatic
// rate.
//
// A client of its own process asks for 1,000 random keys a second, one at a time, and measures each
// from when it was due. Turn about it has the server to itself and shares it with a job.
#include "app/bench/cases.h"
#include "app/bench/redisfixture.h"
#include "core/base/histogram.h"
#include "core/jobs/checkjob.h"
#include "core/jobs/warmupjob.h"
#include "core/source/sqlite.h"
#include "core/store/storefactory.h"

#include <hiredis/hiredis.h>

#include <QCoreApplication>
#include <QEventLoop>

#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <thread>

namespace kvscope::bench {
namespace {

using std::chrono::steady_clock;

// A server in use: its tables are as large as they get, so that what is measured is the job and not
// how Redis grows a table (it rehashes for a millisecond ten times a second while it does).
constexpr std::size_t kForegroundKeys = 1'100'000;
constexpr std::size_t kValueBytes = 100;
constexpr int kAskedPerSecond = 1'000;
constexpr int kWarmedUp = 200; // answers not counted: the first ones pay for cold caches

Bytes foregroundKey(std::size_t i)
{
    return "fg:" + std::to_string(i);
}

// What one client measures; in a process of its own, so that nothing of ours is in its way. The
// histogram comes back through a pipe.
class Foreground
{
  public:
    // Requires: no other thread of this process holds a lock it would need (it only uses hiredis).
    Foreground(int port, double seconds)
    {
        int ends[2];
        if (::pipe(ends) != 0) return;
        m_child = ::fork();
        if (m_child == 0) {
            ::close(ends[0]);
            ask(port, seconds, ends[1]);
            ::_exit(0);
        }
        ::close(ends[1]);
        m_answers = ends[0];
    }
    // Microseconds, sorted; waits for its end.
    std::vector<double> take()
    {
        std::vector<double> all;
        double micros = 0;
        while (::read(m_answers, &micros, sizeof micros) == sizeof micros) all.push_back(micros);
        ::close(m_answers);
        ::waitpid(m_child, nullptr, 0);
        std::sort(all.begin(), all.end());
        return all;
    }

  private:
    static void ask(int port, double seconds, int out)
    {
        redisContext *redis = redisConnect("127.0.0.1", port);
        if (redis == nullptr || redis->err != 0) return;
        const auto gap = std::chrono::nanoseconds(1'000'000'000 / kAskedPerSecond);
        std::vector<double> all;
        all.reserve(static_cast<std::size_t>(seconds * kAskedPerSecond) + 1);
        auto due = steady_clock::now();
        const auto end = due + std::chrono::duration_cast<steady_clock::duration>(
                                   std::chrono::duration<double>(seconds));
        for (std::size_t n = 0; due < end; ++n, due += gap) {
            std::this_thread::sleep_until(due);
            // From when it was sent: the kernel's lateness in waking us is not the server's.
            const auto sent = steady_clock::now();
            const Bytes key = foregroundKey((n * 7919) % kForegroundKeys);
            auto *reply =
                static_cast<redisReply *>(redisCommand(redis, "GET %b", key.data(), key.size()));
            if (reply == nullptr) return;
            freeReplyObject(reply);
            all.push_back(
                std::chrono::duration<double, std::micro>(steady_clock::now() - sent).count());
        }
        if (all.size() > kWarmedUp) all.erase(all.begin(), all.begin() + kWarmedUp);
        for (const double micros : all)
            if (::write(out, &micros, sizeof micros) != sizeof micros) return;
        redisFree(redis);
    }

    pid_t m_child = -1;
    int m_answers = -1;
};

double quantile(const std::vector<double> &sorted, double q)
{
    if (sorted.empty()) return 0;
    return sorted[std::min(sorted.size() - 1,
                           static_cast<std::size_t>(q * static_cast<double>(sorted.size())))];
}

Result<bool> makeSource(const QString &path, int rows)
{
    auto database = Sqlite::open(path, Sqlite::Access::ReadWrite);
    if (!database) return failure(database.error());
    return database->execute(
        "CREATE TABLE items(id INTEGER PRIMARY KEY, name TEXT, age INTEGER);"
        "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < " +
        std::to_string(rows) +
        ") INSERT INTO items SELECT i, printf('name of item %060d', i), i % 90 FROM n;");
}

Result<Binding> bindingOf(const QString &path)
{
    return Binding::parse("{\"name\":\"items\",\"source\":\"sqlite:" + path.toStdString() +
                          "\",\"rows\":\"SELECT id, name, age FROM items\",\"order\":[\"id\"],"
                          "\"key\":\"item:{id}\","
                          "\"value\":{\"type\":\"json\",\"fields\":[\"name\",\"age\"]},"
                          "\"ttl\":{\"seconds\":3600,\"jitter\":0.1}}");
}

bool becomesReady(Store &store)
{
    QEventLoop loop;
    bool ready = false;
    QObject::connect(&store, &Store::stateChanged, &loop, [&](const StoreState &state) {
        ready = state.phase == StoreState::Phase::Ready;
        if (ready || state.phase == StoreState::Phase::Failed) loop.quit();
    });
    store.open();
    loop.exec();
    return ready;
}

enum class Work { Nothing, WarmUp, Check };

struct Measured
{
    std::vector<double> micros;
    double rowsPerSecond = 0; ///< of the job
};

class Stage
{
  public:
    Stage(const RedisFixture &server, Store &store, Journal &journal, Binding binding)
        : m_server(server), m_store(store), m_journal(journal), m_binding(std::move(binding))
    {}

    // The job begins with the client, whose first answers are not counted, and goes on until its
    // end.
    Measured measure(Work work, double seconds)
    {
        if (work == Work::Check) fill();
        Measured measured;
        JobControl control;
        std::atomic<std::int64_t> done{0};
        std::jthread job;
        if (work != Work::Nothing) job = std::jthread([&] { run(work, control, done); });
        Foreground client(m_server.port(), seconds);
        std::this_thread::sleep_for(std::chrono::milliseconds(500));
        const std::int64_t before = done;
        const auto start = steady_clock::now();
        measured.micros = client.take();
        const std::chrono::duration<double> took = steady_clock::now() - start;
        measured.rowsPerSecond = static_cast<double>(done - before) / took.count();
        control.cancel();
        return measured;
    }

    // Takes out what the jobs wrote.
    void clear(int rows) const { eachTenThousand("UNLINK", "item:", rows, ""); }

    // So that entries that expire have a table of their full size too.
    void makeForegroundExpire() const
    {
        eachTenThousand("EXPIRE", "fg:", int(kForegroundKeys), "86400");
    }

  private:
    void eachTenThousand(const char *command, const char *prefix, int count,
                         const char *argument) const
    {
        constexpr int kAtOnce = 10'000;
        const auto redis = m_server.connect();
        const char *script =
            "for i = ARGV[3], ARGV[4] do "
            "if ARGV[5] == '' then redis.call(ARGV[1], ARGV[2] .. string.format('%d', i)) "
            "else redis.call(ARGV[1], ARGV[2] .. string.format('%d', i), ARGV[5]) end end";
        for (int first = 0; first <= count; first += kAtOnce)
            freeReplyObject(redisCommand(redis.get(), "EVAL %s 0 %s %s %d %d %s", script, command,
                                         prefix, first, first + kAtOnce - 1, argument));
    }

    // With everything a check will look for, at full speed.
    void fill()
    {
        JobControl control;
        WarmupJob(m_store, m_journal, control, {.binding = m_binding}, {}).run();
    }

    void run(Work work, JobControl &control, std::atomic<std::int64_t> &done)
    {
        const auto progress = [&done](const JobProgress &p) { done = p.done; };
        if (work == Work::WarmUp) {
            WarmupJob::Sinks sinks;
            sinks.progress = progress;
            WarmupJob(m_store, m_journal, control, {.binding = m_binding}, sinks).run();
            return;
        }
        CheckOptions options;
        options.binding = m_binding;
        options.recheck = {std::chrono::milliseconds(0)};
        CheckJob::Sinks sinks;
        sinks.progress = progress;
        CheckJob(m_store, m_journal, control, std::move(options), sinks).run();
    }

    const RedisFixture &m_server;
    Store &m_store;
    Journal &m_journal;
    Binding m_binding;
};

QJsonObject figuresOf(const std::vector<double> &p50, const std::vector<double> &p99)
{
    return {{QStringLiteral("p50_us"), median(p50)}, {QStringLiteral("p99_us"), median(p99)}};
}

} // namespace

Result<Outcome> benchProbe(const Context &context)
{
    const int rounds = context.number(QStringLiteral("pairs"), 7);
    const double seconds = context.number(QStringLiteral("seconds"), 4);
    // More than any job gets through meanwhile.
    const int rows = context.number(QStringLiteral("rows"), int((seconds + 1) * 70'000));
    auto server = RedisFixture::start();
    if (!server) return failure(server.error());
    const QTemporaryDir folder;
    const QString path = folder.filePath(QStringLiteral("items.db"));
    context.progress(QStringLiteral("making %1 rows").arg(rows));
    if (const auto made = makeSource(path, rows); !made) return failure(made.error());
    const auto binding = bindingOf(path);
    if (!binding) return failure(binding.error());
    auto journal = Journal::open(folder.path());
    if (!journal) return failure(journal.error());
    StoreFactory stores;
    auto store = stores.make((*server)->url(), Access::ReadWrite);
    if (!store) return failure(store.error());
    if (!becomesReady(**store)) return failure(ErrorCode::ConnectionRefused, {(*server)->url()});
    context.progress(QStringLiteral("seeding %1 keys").arg(kForegroundKeys));
    if (const auto seeded = (*server)->seed(kForegroundKeys, foregroundKey, kValueBytes); !seeded)
        return failure(seeded.error());
    Stage stage(**server, **store, *journal, *binding);
    stage.makeForegroundExpire();

    std::array<std::vector<double>, 3> p50, p99, rate;
    std::vector<double> warmRatio, checkRatio;
    for (int round = 0; round < rounds; ++round) {
        context.progress(QStringLiteral("round %1 of %2").arg(round + 1).arg(rounds));
        // A check needs what a warm-up left.
        for (const Work work : {Work::Nothing, Work::WarmUp, Work::Check}) {
            const Measured measured = stage.measure(work, seconds);
            const auto at = static_cast<std::size_t>(work);
            p50[at].push_back(quantile(measured.micros, 0.5));
            p99[at].push_back(quantile(measured.micros, 0.99));
            rate[at].push_back(measured.rowsPerSecond);
        }
        stage.clear(rows);
        warmRatio.push_back(p99[1].back() / p99[0].back());
        checkRatio.push_back(p99[2].back() / p99[0].back());
        context.item({{QStringLiteral("alone_p99_us"), p99[0].back()},
                      {QStringLiteral("warm_p99_us"), p99[1].back()},
                      {QStringLiteral("warm_rows_per_second"), rate[1].back()},
                      {QStringLiteral("check_p99_us"), p99[2].back()},
                      {QStringLiteral("check_rows_per_second"), rate[2].back()}});
    }
    Outcome outcome;
    outcome.figures = {{QStringLiteral("warm"), figuresOf(p50[1], p99[1])},
                       {QStringLiteral("check"), figuresOf(p50[2], p99[2])},
                       {QStringLiteral("warm_rows_per_second"), median(rate[1])},
                       {QStringLiteral("check_rows_per_second"), median(rate[2])}};
    outcome.reference = {{QStringLiteral("alone"), figuresOf(p50[0], p99[0])}};
    outcome.ratios = {
        {QStringLiteral("warm_p99"), median(warmRatio), Ratio::Better::Lower, 1.5},
        {QStringLiteral("check_p99"), median(checkRatio), Ratio::Better::Lower, 1.5},
        {QStringLiteral("warm_rate"), median(rate[1]) / 40'000, Ratio::Better::Higher, 1.0},
        {QStringLiteral("check_rate"), median(rate[2]) / 40'000, Ratio::Better::Higher, 1.0}};
    return outcome;
}

} // namespace kvscope::bench
