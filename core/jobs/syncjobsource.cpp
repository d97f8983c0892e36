// SyncJob's source: connecting, where its newest rows are, where a poll begins, and a trigger.
#include "core/binding/rowversion.h"
#include "core/jobs/syncjob.h"
#include "core/source/sqltext.h"

#include <QCoreApplication>
#include <QRegularExpression>

#include <algorithm>
#include <limits>

namespace kvscope {
namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(kvscope::Job)
};

constexpr std::size_t kLearnRows = 1'000;
constexpr auto kListenAgain = std::chrono::seconds(5);

bool isSql(const QString &url)
{
    static const QRegularExpression sql(
        QStringLiteral("^(sqlite|postgres|postgresql|mysql|mariadb|odbc):"));
    return sql.match(url).hasMatch();
}

bool isPostgres(const QString &url)
{
    return url.startsWith(QLatin1String("postgres"));
}

// Every database takes such a name for itself, in whatever case it was declared.
bool isPlainName(const Bytes &name)
{
    return !name.empty() && std::all_of(name.begin(), name.end(), [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_';
    }) && (name[0] < '0' || name[0] > '9');
}

// Below every value of that kind. PostgreSQL compares a text with what the column holds, and an
// empty one is no UUID and no time.
std::optional<Field> lowestLike(const Field &field, bool postgres)
{
    if (field.kind == CellKind::Integer)
        return Field{field.kind, std::to_string(std::numeric_limits<std::int64_t>::min())};
    if (field.kind != CellKind::Text) return std::nullopt;
    const QString text = QString::fromStdString(field.text);
    static const QRegularExpression uuid(
        QStringLiteral("^[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}$"));
    if (postgres && uuid.match(text).hasMatch())
        return Field{field.kind, "00000000-0000-0000-0000-000000000000"};
    if (postgres && parseIsoTime(field.text)) return Field{field.kind, "0001-01-01"};
    return Field{field.kind, Bytes()};
}

} // namespace

std::optional<Error> SyncJob::openFollower()
{
    const Binding &binding = m_options.binding;
    const QString url = sourceUrlOf(binding, m_options.sourceUrl);
    auto source = makeRowSource(url, m_options.sourceUrl.isEmpty() ? binding.folder : QString());
    if (!source) return source.error();
    (*source)->setStopToken(m_control.token());
    if (const auto opened = (*source)->open(); !opened) return opened.error();
    RowQuery query;
    query.rows = binding.rows;
    query.order = {binding.version};
    for (const Bytes &name : binding.order)
        if (name != binding.version) query.order.push_back(name);
    query.needed = binding.columns();
    const auto columns = (*source)->prepare(query);
    if (!columns) return columns.error();
    m_follower = std::move(*source);
    m_followOrder.clear();
    for (const Bytes &name : query.order)
        for (std::size_t i = 0; i < columns->size(); ++i)
            if ((*columns)[i].name == name) m_followOrder.push_back(i);
    return std::nullopt;
}

// The mapper tells whose a key is by what it has seen of ours.
void SyncJob::learnKeys()
{
    RowPage page;
    MappedBatch batch;
    if (m_rows->source->seek(std::nullopt) && m_rows->source->read(page, kLearnRows, kBatchBytes))
        m_rows->mapper.map(page, 0, batch);
    (void)m_rows->source->seek(std::nullopt);
}

// The newest row of now, so that only what changes from now on is followed. A query for the highest
// version where that can be asked, else one pass over all rows.
Result<bool> SyncJob::findNow()
{
    const Binding &binding = m_options.binding;
    const QString url = sourceUrlOf(binding, m_options.sourceUrl);
    std::unique_ptr<RowSource> narrow;
    if (isSql(url) && isPlainName(binding.version)) {
        auto source =
            makeRowSource(url, m_options.sourceUrl.isEmpty() ? binding.folder : QString());
        if (!source) return failure(source.error());
        narrow = std::move(*source);
        narrow->setStopToken(m_control.token());
        if (auto opened = narrow->open(); !opened) return opened;
        const QString name = QString::fromStdString(binding.version);
        const QString rows = asSubquery(binding.rows);
        RowQuery query;
        query.rows = QStringLiteral("SELECT * FROM %1 kv_now WHERE kv_now.%2 = "
                                    "(SELECT max(kv_max.%2) FROM %1 kv_max)")
                         .arg(rows, name);
        query.order = {binding.version};
        for (const Bytes &each : binding.order)
            if (each != binding.version) query.order.push_back(each);
        query.needed = binding.columns();
        if (const auto prepared = narrow->prepare(query); !prepared)
            return failure(prepared.error());
    }
    RowSource &source = narrow ? *narrow : *m_follower;
    if (auto sought = source.seek(std::nullopt); !sought) return sought;
    RowPage page;
    MappedBatch batch;
    const EntryVerdict verdict(binding);
    while (true) {
        auto read = source.read(page, SyncWriter::kMostAtOnce, kBatchBytes);
        if (!read) return read;
        if (page.empty()) return true;
        noteNewest(page, page.rows());
        if (m_ties > kMostTies) continue;
        batch.clear();
        m_rows->mapper.map(page, 0, batch);
        for (std::size_t i = 0; i < batch.size(); ++i)
            m_recent[Bytes(batch.keys[i])] = verdict.markOf(batch, i);
    }
}

// In front of all rows of an equal version, where they are few enough to be read again.
std::optional<FieldTuple> SyncJob::pollStart() const
{
    if (m_history.empty()) return std::nullopt;
    const FieldTuple &start = m_history.front().tuple;
    if (!m_readsTies || m_history.front().ties > kMostTies) return start;
    const bool postgres = isPostgres(sourceUrlOf(m_options.binding, m_options.sourceUrl));
    FieldTuple floor = start;
    for (std::size_t i = 1; i < floor.size(); ++i) {
        auto lowest = lowestLike(floor[i], postgres);
        if (!lowest) return start;
        floor[i] = std::move(*lowest);
    }
    return floor;
}

// The first page of a poll. A database may have a type that takes no lowest value we know of.
Result<bool> SyncJob::readFirst(RowPage &page)
{
    const auto read = [&]() -> Result<bool> {
        if (auto sought = m_follower->seek(pollStart()); !sought) return sought;
        return m_follower->read(page, SyncWriter::kMostAtOnce, kBatchBytes);
    };
    auto first = read();
    if (first || !m_readsTies || first.error().code() != ErrorCode::SourceFailed) return first;
    m_readsTies = false;
    const auto again = read();
    m_readsTies = !again;
    return again ? again : first;
}

// A session that was cut off stays so: new ones take its place once the source answers.
void SyncJob::connectAgain()
{
    auto rows = BoundRows::open(m_options.binding, m_options.sourceUrl, m_control.token());
    if (!rows) return;
    if (openFollower()) return;
    *m_rows = std::move(*rows);
    learnKeys();
}

void SyncJob::listen()
{
    const QString url = sourceUrlOf(m_options.binding, m_options.sourceUrl);
    const bool ended = m_listener && m_listener->hasEnded();
    if (isPostgres(url) && (ended || !m_listener) &&
        (!m_listenedAt || m_clock.now() - *m_listenedAt >= kListenAgain)) {
        m_listener.reset();
        m_listenedAt = m_clock.now();
        if (auto listener =
                SyncListener::open(url, SyncListener::channelOf(m_options.binding.name)))
            m_listener = std::move(*listener);
    }
    m_status.listening = m_listener && !m_listener->hasEnded();
}

QString SyncJob::triggerSql(const Binding &binding)
{
    static const QRegularExpression from(
        QStringLiteral("^\\s*SELECT\\s.*?\\sFROM\\s+([\\w.\"]+)\\s*(WHERE\\s.*)?;?\\s*$"),
        QRegularExpression::CaseInsensitiveOption | QRegularExpression::DotMatchesEverythingOption);
    const auto match = from.match(binding.rows);
    const QString channel = SyncListener::channelOf(binding.name);
    QStringList old;
    QStringList fresh;
    std::vector<Bytes> seen;
    for (const Bytes &column : binding.key.columns()) {
        if (std::find(seen.begin(), seen.end(), column) != seen.end()) continue;
        seen.push_back(column);
        QString name = QString::fromStdString(column);
        if (!isPlainName(column))
            name = QLatin1Char('"') + name.replace(QLatin1Char('"'), QLatin1String("\"\"")) +
                   QLatin1Char('"');
        old << QStringLiteral("OLD.%1::text").arg(name);
        fresh << QStringLiteral("NEW.%1::text").arg(name);
    }
    const QString comma = QStringLiteral(", ");
    QString text;
    if (!match.hasMatch())
        text += QStringLiteral("-- ") +
                Words::tr("The binding reads more than one table: put the one that holds the key's "
                          "columns in place of YOUR_TABLE.") +
                QLatin1Char('\n');
    text += QStringLiteral(
                "CREATE OR REPLACE FUNCTION %1_changed() RETURNS trigger LANGUAGE plpgsql AS $$\n"
                "BEGIN\n"
                "  IF TG_OP <> 'INSERT' THEN\n"
                "    PERFORM pg_notify('%1', json_build_array(%2)::text);\n"
                "  END IF;\n"
                "  IF TG_OP <> 'DELETE' THEN\n"
                "    PERFORM pg_notify('%1', json_build_array(%3)::text);\n"
                "  END IF;\n"
                "  RETURN NULL;\n"
                "END $$;\n"
                "CREATE TRIGGER %1_changed AFTER INSERT OR UPDATE OR DELETE ON %4\n"
                "  FOR EACH ROW EXECUTE FUNCTION %1_changed();\n")
                .arg(channel, old.join(comma), fresh.join(comma),
                     match.hasMatch() ? match.captured(1) : QStringLiteral("YOUR_TABLE"));
    return text;
}

} // namespace kvscope
