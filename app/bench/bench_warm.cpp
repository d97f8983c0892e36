// `bench warm`: rows of a database to a server as JSON, composed on the way, against loops that
// find it ready-made.
//
//   warm                        SET NX PX, against a C loop and redis-cli --pipe
//   warm --guarded              by version, against a pipelined script
//   warm --source postgresql    against the same from SQLite
#include "app/bench/bareloops.h"
#include "app/bench/cases.h"
#include "app/bench/jobstage.h"
#include "app/bench/postgresfixture.h"
#include "app/bench/turns.h"

namespace kvscope::bench {
namespace {

constexpr std::int64_t kTtlSeconds = 3'600;

class Warmups
{
  public:
    Warmups(const Context &context, JobStage &stage, const BindingRows &rows)
        : m_context(context), m_stage(stage), m_rows(rows)
    {}

    Side ours(const QString &name, Binding binding)
    {
        return {name, emptied(), [this, binding = std::move(binding)] {
                    return m_stage.warm(binding, m_rows.count, m_context);
                }};
    }
    Side reference(const QString &name, const std::function<bool()> &loop)
    {
        return {name, emptied(), [this, loop]() -> std::optional<Timing> {
                    const auto took = timed(loop);
                    if (!m_stage.holds(m_rows.count)) return std::nullopt;
                    return took;
                }};
    }

  private:
    std::function<bool()> emptied()
    {
        return [this] { return m_stage.empty(); };
    }
    const Context &m_context;
    JobStage &m_stage;
    const BindingRows &m_rows;
};

QJsonObject ourFigures(const std::vector<Timing> &timings, std::size_t rows)
{
    QJsonObject figures = rowFigures(timings, rows);
    figures.insert(QStringLiteral("rate_limit"), QStringLiteral("none"));
    return figures;
}

Result<Outcome> plain(const Context &context, Warmups &warmups, const BareLoops &loops,
                      JobStage &stage, const Binding &binding, std::size_t rows, int rounds)
{
    const QString commands = stage.file(QStringLiteral("commands"));
    if (!loops.writeCommands(commands))
        return failure(ErrorCode::FileUnwritable, {commands, QString()});
    const auto turns = measureTurns(
        rounds,
        {warmups.ours(QStringLiteral("ours"), binding),
         warmups.reference(QStringLiteral("C loop"), [&] { return loops.set(); }),
         warmups.reference(QStringLiteral("redis-cli"), [&] { return loops.pipe(commands); })},
        context);
    if (!turns) return failure(turns.error());
    const auto &ours = (*turns)[0];
    return Outcome{
        ourFigures(ours, rows),
        {{QStringLiteral("c_loop"), rowFigures((*turns)[1], rows)},
         {QStringLiteral("redis_cli_pipe"), rowFigures((*turns)[2], rows)}},
        {{QStringLiteral("rate"), rateRatio(ours, (*turns)[1]), Ratio::Better::Higher, 0.85},
         {QStringLiteral("rate_to_pipe"), rateRatio(ours, (*turns)[2]), Ratio::Better::Higher,
          0.65}}};
}

Result<Outcome> guarded(const Context &context, Warmups &warmups, const BareLoops &loops,
                        const Binding &binding, std::size_t rows, int rounds)
{
    const auto turns = measureTurns(
        rounds,
        {warmups.ours(QStringLiteral("ours"), binding),
         warmups.reference(QStringLiteral("Lua loop"), [&] { return loops.setGuarded(); })},
        context);
    if (!turns) return failure(turns.error());
    return Outcome{ourFigures((*turns)[0], rows),
                   {{QStringLiteral("lua_loop"), rowFigures((*turns)[1], rows)}},
                   {{QStringLiteral("guarded_rate"), rateRatio((*turns)[0], (*turns)[1]),
                     Ratio::Better::Higher, 0.9}}};
}

Result<Outcome> fromPostgres(const Context &context, Warmups &warmups, const BindingRows &rows,
                             const Binding &fromSqlite, int rounds)
{
    if (const QString missing = PostgresFixture::missing(); !missing.isEmpty()) {
        context.progress(QStringLiteral("skipped: ") + missing);
        return Outcome{{{QStringLiteral("skipped"), missing}}, {}, {}};
    }
    context.progress(QStringLiteral("starting a PostgreSQL of its own"));
    const auto postgres = startPostgres(rows);
    if (!postgres) return failure(postgres.error());
    const auto binding = rows.binding((*postgres)->url());
    if (!binding) return failure(binding.error());
    const auto turns = measureTurns(rounds,
                                    {warmups.ours(QStringLiteral("PostgreSQL"), *binding),
                                     warmups.ours(QStringLiteral("SQLite"), fromSqlite)},
                                    context);
    if (!turns) return failure(turns.error());
    return Outcome{ourFigures((*turns)[0], rows.count),
                   {{QStringLiteral("sqlite"), ourFigures((*turns)[1], rows.count)}},
                   {{QStringLiteral("rate_to_sqlite"), rateRatio((*turns)[0], (*turns)[1]),
                     Ratio::Better::Higher, 0.8}}};
}

} // namespace

Result<Outcome> benchWarm(const Context &context)
{
    BindingRows rows;
    rows.count = std::size_t(
        context.number(QStringLiteral("rows"), context.number(QStringLiteral("keys"), 1'000'000)));
    const bool versions = context.has(QStringLiteral("guarded"));
    rows.version = versions ? BindingRows::Version::Stored : BindingRows::Version::None;
    rows.ttlSeconds = kTtlSeconds;
    const int rounds = context.number(QStringLiteral("pairs"), 7);
    auto stage = JobStage::make();
    if (!stage) return failure(stage.error());
    context.progress(QStringLiteral("making %1 rows").arg(rows.count));
    const QString file = (*stage)->file(QStringLiteral("rows.db"));
    if (const auto made = rows.writeSqlite(file); !made) return failure(made.error());
    const auto binding = rows.binding(QStringLiteral("sqlite:") + file);
    if (!binding) return failure(binding.error());
    Warmups warmups(context, **stage, rows);
    const BareLoops loops((*stage)->server(), file);
    if (context.option(QStringLiteral("source")) == QLatin1String("postgresql"))
        return fromPostgres(context, warmups, rows, *binding, rounds);
    if (versions) return guarded(context, warmups, loops, *binding, rows.count, rounds);
    return plain(context, warmups, loops, **stage, *binding, rows.count, rounds);
}

} // namespace kvscope::bench
