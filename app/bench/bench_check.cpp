// `bench check`: a million rows against a store that agrees with all of them.
//
//   check                        against sqlite3 + MGET + memcmp of ready-made values
//   check --source postgresql    the same rows from there, against libpq + MGET + memcmp
//   check --same-bytes           the store holds our own bytes: no JSON needs to be taken apart
//   check --orphans              the pass over the store, against a bare SCAN loop
//   check --huge                 memory while ten million rows are checked
#include "app/bench/bareloops.h"
#include "app/bench/barepostgres.h"
#include "app/bench/cases.h"
#include "app/bench/jobstage.h"
#include "app/bench/postgresfixture.h"
#include "app/bench/turns.h"

#include <QFile>

namespace kvscope::bench {
namespace {

constexpr int kHugeRows = 10'000'000;
constexpr double kMegabyte = 1e6;

// The highest resident size counts from here on.
void forgetPeak()
{
    QFile file(QStringLiteral("/proc/self/clear_refs"));
    if (file.open(QIODevice::WriteOnly)) file.write("5");
}

Result<Outcome> memory(const Context &context, JobStage &stage, const Binding &binding,
                       std::size_t rows)
{
    forgetPeak();
    const auto checked = stage.check(binding, rows, context);
    if (!checked)
        return failure(ErrorCode::SourceFailed,
                       {QStringLiteral("check"), QStringLiteral("see above")});
    const double peak = double(peakResidentBytes()) / kMegabyte;
    return Outcome{
        {{QStringLiteral("rows"), double(rows)},
         {QStringLiteral("peak_rss_mb"), peak},
         {QStringLiteral("fingerprint_mb"), double(checked->fingerprintBytes) / kMegabyte},
         {QStringLiteral("seconds"), checked->rows.seconds + checked->orphans.seconds}},
        {},
        {{QStringLiteral("peak_rss_mb"), peak, Ratio::Better::Lower, 350}}};
}

Result<Outcome> rowPass(const Context &context, JobStage &stage, const Binding &binding,
                        const std::function<bool()> &loop, std::size_t rows, int rounds)
{
    const Side ours{QStringLiteral("ours"), {}, [&]() -> std::optional<Timing> {
                        const auto checked = stage.check(binding, rows, context);
                        return checked ? std::optional(checked->rows) : std::nullopt;
                    }};
    const Side reference{QStringLiteral("C loop"), {}, [&] { return timed(loop); }};
    const auto turns = measureTurns(rounds, {ours, reference}, context);
    if (!turns) return failure(turns.error());
    QJsonObject figures = rowFigures((*turns)[0], rows);
    figures.insert(QStringLiteral("rate_limit"), QStringLiteral("none"));
    return Outcome{std::move(figures),
                   {{QStringLiteral("c_loop"), rowFigures((*turns)[1], rows)}},
                   {{QStringLiteral("rate"), rateRatio((*turns)[0], (*turns)[1]),
                     Ratio::Better::Higher, 0.85}}};
}

Result<Outcome> orphanPass(const Context &context, JobStage &stage, const Binding &binding,
                           const BareLoops &loops, std::size_t rows, int rounds)
{
    double bytesPerKey = 0;
    const Side ours{QStringLiteral("ours"), {}, [&]() -> std::optional<Timing> {
                        const auto checked = stage.check(binding, rows, context);
                        if (!checked) return std::nullopt;
                        bytesPerKey = double(checked->fingerprintBytes) / double(rows);
                        return checked->orphans;
                    }};
    const Side reference{
        QStringLiteral("SCAN loop"), {}, [&] { return timed([&] { return loops.scan(rows); }); }};
    const auto turns = measureTurns(rounds, {ours, reference}, context);
    if (!turns) return failure(turns.error());
    QJsonObject figures = rowFigures((*turns)[0], rows);
    figures.insert(QStringLiteral("bytes_per_fingerprint"), bytesPerKey);
    return Outcome{
        std::move(figures),
        {{QStringLiteral("scan_loop"), rowFigures((*turns)[1], rows)}},
        {{QStringLiteral("orphan_rate"), rateRatio((*turns)[0], (*turns)[1]), Ratio::Better::Higher,
          0.8},
         {QStringLiteral("bytes_per_fingerprint"), bytesPerKey, Ratio::Better::Lower, 10}}};
}

} // namespace

Result<Outcome> benchCheck(const Context &context)
{
    const bool huge = context.has(QStringLiteral("huge"));
    BindingRows rows;
    rows.count = std::size_t(
        context.number(QStringLiteral("rows"),
                       context.number(QStringLiteral("keys"), huge ? kHugeRows : 1'000'000)));
    rows.writer = context.has(QStringLiteral("same-bytes")) ? BindingRows::Writer::Warmup
                                                            : BindingRows::Writer::Another;
    const int rounds = context.number(QStringLiteral("pairs"), 7);
    const bool postgresql = context.option(QStringLiteral("source")) == QLatin1String("postgresql");
    if (const QString missing = PostgresFixture::missing(); postgresql && !missing.isEmpty()) {
        context.progress(QStringLiteral("skipped: ") + missing);
        return Outcome{{{QStringLiteral("skipped"), missing}}, {}, {}};
    }
    auto stage = JobStage::make();
    if (!stage) return failure(stage.error());
    context.progress(QStringLiteral("making %1 rows and their entries").arg(rows.count));
    const QString file = (*stage)->file(QStringLiteral("rows.db"));
    if (const auto made = rows.writeSqlite(file); !made) return failure(made.error());
    if (const auto filled = (*stage)->fill(rows); !filled) return failure(filled.error());
    std::unique_ptr<PostgresFixture> postgres;
    QString source = QStringLiteral("sqlite:") + file;
    if (postgresql) {
        context.progress(QStringLiteral("starting a PostgreSQL of its own"));
        auto started = startPostgres(rows);
        if (!started) return failure(started.error());
        postgres = std::move(*started);
        source = postgres->url();
    }
    const auto binding = rows.binding(source);
    if (!binding) return failure(binding.error());
    const BareLoops loops((*stage)->server(), file);
    if (huge) return memory(context, **stage, *binding, rows.count);
    if (context.has(QStringLiteral("orphans")))
        return orphanPass(context, **stage, *binding, loops, rows.count, rounds);
    if (!postgres)
        return rowPass(
            context, **stage, *binding, [&] { return loops.compare(); }, rows.count, rounds);
    const BarePostgres bare((*stage)->server(), *postgres);
    if (!BarePostgres::isThere()) {
        const QString note = QStringLiteral("libpq was not there to build with: the reference "
                                            "reads its rows from SQLite");
        context.progress(note);
        auto outcome = rowPass(
            context, **stage, *binding, [&] { return loops.compare(); }, rows.count, rounds);
        if (outcome) outcome->figures.insert(QStringLiteral("reference_note"), note);
        return outcome;
    }
    if (const auto filled = bare.fill(rows); !filled) return failure(filled.error());
    return rowPass(
        context, **stage, *binding, [&] { return bare.compare(rows.count); }, rows.count, rounds);
}

} // namespace kvscope::bench
