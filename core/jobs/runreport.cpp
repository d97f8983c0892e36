// RunReport: JSON Lines beside the journal; JSON and Markdown for people.
#include "core/jobs/runreport.h"

#include "core/base/human.h"
#include "core/source/rowsource.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QDir>
#include <QFileInfo>
#include <QJsonArray>
#include <QJsonDocument>
#include <QSaveFile>

namespace kvscope {
namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(kvscope::RunReport)
};

constexpr qsizetype kFlushBytes = 1 << 18;
constexpr BytesView kEllipsis = "\xE2\x80\xA6"; // …

QString textOf(BytesView bytes)
{
    return QString::fromUtf8(bytes.data(), static_cast<qsizetype>(bytes.size()));
}

QByteArray byteArrayOf(BytesView bytes)
{
    return {bytes.data(), static_cast<qsizetype>(bytes.size())};
}

QJsonValue jsonOf(BytesView bytes)
{
    if (isValidUtf8(bytes)) return textOf(bytes);
    return QJsonObject{
        {QStringLiteral("base64"), QString::fromLatin1(byteArrayOf(bytes).toBase64())}};
}

QJsonValue jsonOf(const ShownValue &value)
{
    if (!value.there) return QJsonValue::Null;
    if (!value.isHash) return jsonOf(value.bytes);
    QJsonObject fields;
    for (const auto &[name, content] : value.fields)
        fields.insert(QString::fromStdString(escapeBytes(name)), jsonOf(content));
    return fields;
}

Bytes bytesFrom(const QJsonValue &value)
{
    if (value.isString()) return value.toString().toStdString();
    return QByteArray::fromBase64(
               value.toObject().value(QLatin1String("base64")).toString().toLatin1())
        .toStdString();
}

ShownValue valueFrom(const QJsonValue &value, ValueRule::Type type)
{
    ShownValue shown;
    if (value.isNull() || value.isUndefined()) return shown;
    shown.there = true;
    if (type != ValueRule::Type::Hash || !value.isObject()) {
        shown.bytes = bytesFrom(value);
        return shown;
    }
    shown.isHash = true;
    const QJsonObject fields = value.toObject();
    for (auto it = fields.begin(); it != fields.end(); ++it)
        shown.fields.emplace_back(unescapeBytes(it.key().toStdString()).value_or(Bytes()),
                                  bytesFrom(it.value()));
    return shown;
}

std::optional<std::int64_t> numberFrom(const QJsonValue &value)
{
    if (!value.isDouble()) return std::nullopt;
    return value.toInteger();
}

EntryClass classFrom(const QString &name)
{
    for (std::size_t i = 0; i < kEntryClasses; ++i) {
        const auto of = static_cast<EntryClass>(i);
        if (name == QLatin1String(entryClassName(of))) return of;
    }
    return EntryClass::Unknown;
}

Difference differenceFrom(const QJsonObject &object, ValueRule::Type type)
{
    Difference difference;
    difference.what = classFrom(object.value(QLatin1String("class")).toString());
    difference.key = bytesFrom(object.value(QLatin1String("key")));
    difference.cache = valueFrom(object.value(QLatin1String("cache")), type);
    difference.source = valueFrom(object.value(QLatin1String("source")), type);
    difference.ageMs = numberFrom(object.value(QLatin1String("age_ms")));
    difference.ttlMs = numberFrom(object.value(QLatin1String("ttl_ms")));
    difference.remark = object.value(QLatin1String("remark")).toString().toStdString();
    return difference;
}

// Cuts to `most` bytes from `begin`, at a character's border, dots where something is missing.
Bytes cut(const Bytes &text, std::size_t begin, std::size_t most)
{
    const auto isInside = [&text](std::size_t at) {
        return at < text.size() && (static_cast<unsigned char>(text[at]) & 0xC0U) == 0x80U;
    };
    while (begin > 0 && isInside(begin)) --begin;
    std::size_t end = std::min(begin + most, text.size());
    while (end > begin && isInside(end)) --end;
    Bytes out;
    if (begin > 0) out += kEllipsis;
    out += BytesView(text).substr(begin, end - begin);
    if (end < text.size()) out += kEllipsis;
    return out;
}

QString timeText(std::int64_t ms)
{
    if (ms <= 0) return QStringLiteral("–");
    return QDateTime::fromMSecsSinceEpoch(ms, Qt::UTC).toString(Qt::ISODate);
}

QString cellOf(const ShownValue &value)
{
    if (!value.there) return QStringLiteral("–");
    Bytes text = value.bytes;
    for (const auto &[name, content] : value.fields) {
        if (!text.empty()) text += ", ";
        text += name;
        text += '=';
        text += content;
    }
    QString shown = QString::fromStdString(escapeBytes(cut(text, 0, 200)));
    return QStringLiteral("`") + shown.replace(QLatin1Char('|'), QStringLiteral("\\|")) +
           QStringLiteral("`");
}

// Older journals hold the binding as its file does.
QJsonObject bindingOf(const RunRecord &record)
{
    QJsonObject binding =
        QJsonDocument::fromJson(QByteArray::fromStdString(record.binding)).object();
    const auto source = QStringLiteral("source");
    if (binding.contains(source))
        binding.insert(source, sourceName(binding.value(source).toString()));
    return binding;
}

QJsonObject headOf(const RunRecord &record)
{
    return {{QStringLiteral("run"), record.id},
            {QStringLiteral("kind"), record.kind},
            {QStringLiteral("state"), runStateName(record.state)},
            {QStringLiteral("binding"), bindingOf(record)},
            {QStringLiteral("source"), record.source},
            {QStringLiteral("store"), record.store},
            {QStringLiteral("started"), timeText(record.startedMs)},
            {QStringLiteral("ended"),
             record.endedMs > 0 ? QJsonValue(timeText(record.endedMs)) : QJsonValue()},
            {QStringLiteral("before_images"), qint64{record.images}},
            {QStringLiteral("options"), record.options},
            {QStringLiteral("result"), record.result}};
}

// Differences that were counted and are not in the report, which has an end.
qint64 notListed(const RunRecord &record, qint64 listed)
{
    const QJsonObject counts = record.result.value(QLatin1String("counts")).toObject();
    qint64 found = 0;
    for (auto it = counts.begin(); it != counts.end(); ++it)
        if (it.key() != QLatin1String(entryClassName(EntryClass::Match)))
            found += it.value().toInteger();
    return std::max<qint64>(found - listed, 0);
}

bool writeJson(QSaveFile &out, const RunRecord &record, QFile &lines)
{
    QByteArray head = QJsonDocument(headOf(record)).toJson(QJsonDocument::Indented);
    head.truncate(head.lastIndexOf('}'));
    while (head.endsWith('\n')) head.chop(1);
    out.write(head + ",\n    \"differences\": [");
    qint64 listed = 0;
    while (lines.isOpen() && !lines.atEnd()) {
        const QByteArray line = lines.readLine().trimmed();
        if (line.isEmpty()) continue;
        out.write((listed++ == 0 ? "\n        " : ",\n        ") + line);
    }
    const QByteArray rest = QByteArray::number(notListed(record, listed));
    return out.write((listed == 0 ? "]" : "\n    ]") +
                     QByteArrayLiteral(",\n    \"differences_not_listed\": ") + rest + "\n}\n") > 0;
}

QString figureText(const QJsonValue &value)
{
    if (value.isNull()) return QStringLiteral("–");
    if (!value.isDouble()) return value.toVariant().toString();
    const double number = value.toDouble();
    const auto whole = static_cast<std::int64_t>(number);
    if (number >= 0 && static_cast<double>(whole) == number)
        return QString::fromStdString(formatCount(static_cast<std::uint64_t>(whole)));
    return QString::number(number, 'f', 2);
}

// A list of objects that are alike, as a run's result may hold one: an experiment's cells.
QString tableText(const QString &name, const QJsonArray &rows)
{
    const QStringList columns = rows.first().toObject().keys();
    QString text = QStringLiteral("\n## ") + name + QStringLiteral("\n\n| ") +
                   columns.join(QStringLiteral(" | ")) + QStringLiteral(" |\n|");
    text += QStringLiteral("---|").repeated(columns.size()) + QLatin1Char('\n');
    for (const auto &row : rows) {
        QStringList cells;
        for (const QString &column : columns) cells << figureText(row.toObject().value(column));
        text += QStringLiteral("| ") + cells.join(QStringLiteral(" | ")) + QStringLiteral(" |\n");
    }
    return text;
}

bool writeMarkdown(QSaveFile &out, const RunRecord &record, QFile &lines, ValueRule::Type type)
{
    QString text = QStringLiteral("# ") +
                   Words::tr("Run %1: %2 of %3").arg(record.id, record.kind, record.bindingName) +
                   QStringLiteral("\n\n| | |\n|---|---|\n");
    const auto row = [&text](const QString &name, const QString &value) {
        text += QStringLiteral("| %1 | %2 |\n").arg(name, value);
    };
    row(Words::tr("State"), runStateName(record.state));
    row(Words::tr("Source"), QStringLiteral("`%1`").arg(record.source));
    row(Words::tr("Store"), QStringLiteral("`%1`").arg(record.store));
    row(Words::tr("Started"), timeText(record.startedMs));
    row(Words::tr("Ended"), timeText(record.endedMs));
    for (auto it = record.result.begin(); it != record.result.end(); ++it)
        if (!it.value().isObject() && !it.value().isArray()) row(it.key(), figureText(it.value()));
    for (auto it = record.result.begin(); it != record.result.end(); ++it)
        if (const QJsonArray rows = it.value().toArray(); !rows.isEmpty() && rows[0].isObject())
            text += tableText(it.key(), rows);
    const QJsonObject counts = record.result.value(QLatin1String("counts")).toObject();
    if (!counts.isEmpty()) {
        text += QStringLiteral("\n## ") + Words::tr("Classes") +
                QStringLiteral("\n\n| %1 | %2 |\n|---|---:|\n")
                    .arg(Words::tr("Class"), Words::tr("Entries"));
        for (std::size_t i = 0; i < kEntryClasses; ++i) {
            const auto name = QLatin1String(entryClassName(static_cast<EntryClass>(i)));
            row(name, figureText(counts.value(name)));
        }
    }
    qint64 listed = 0;
    while (lines.isOpen() && !lines.atEnd()) {
        const QByteArray line = lines.readLine();
        if (listed >= kMostInMarkdown) {
            listed += line.size() > 1 ? 1 : 0;
            continue;
        }
        const QJsonObject object = QJsonDocument::fromJson(line).object();
        if (object.isEmpty()) continue;
        if (listed++ == 0)
            text += QStringLiteral("\n## ") + Words::tr("Differences") +
                    QStringLiteral("\n\n| %1 | %2 | %3 | %4 | %5 |\n|---|---|---|---|---:|\n")
                        .arg(Words::tr("Key"), Words::tr("Class"), Words::tr("In the cache"),
                             Words::tr("In the source"), Words::tr("Age"));
        const Difference one = differenceFrom(object, type);
        ShownValue key;
        key.there = !one.key.empty();
        key.bytes = one.key;
        text += QStringLiteral("| %1 | %2 | %3 | %4 | %5 |\n")
                    .arg(cellOf(key), QLatin1String(entryClassName(one.what)), cellOf(one.cache),
                         cellOf(one.source),
                         one.ageMs ? QString::fromStdString(formatDuration(*one.ageMs))
                                   : QString::fromStdString(one.remark));
    }
    const auto count = [](qint64 number) {
        return QString::fromStdString(formatCount(static_cast<std::uint64_t>(number)));
    };
    if (listed > kMostInMarkdown)
        text += QStringLiteral("\n") +
                Words::tr("The first %1 differences; the JSON report lists %2.")
                    .arg(count(kMostInMarkdown), count(listed)) +
                QStringLiteral("\n");
    if (const qint64 rest = notListed(record, listed); rest > 0)
        text += QStringLiteral("\n") +
                Words::tr("%1 more were counted and are listed nowhere: a report ends at %2.")
                    .arg(count(rest), QString::fromStdString(formatBytes(static_cast<std::uint64_t>(
                                          RunReportWriter::kMostBytes)))) +
                QStringLiteral("\n");
    return out.write(text.toUtf8()) > 0;
}

} // namespace

Difference shortened(const Difference &difference, std::size_t most)
{
    Difference out = difference;
    Bytes &a = out.cache.bytes;
    Bytes &b = out.source.bytes;
    if (a.size() > most || b.size() > most) {
        std::size_t begin = 0;
        if (out.cache.there && out.source.there) {
            const auto differ = std::mismatch(a.begin(), a.end(), b.begin(), b.end());
            const auto same = static_cast<std::size_t>(differ.first - a.begin());
            begin = same > most / 2 ? same - most / 4 : 0;
        }
        a = cut(a, std::min(begin, a.size()), most);
        b = cut(b, std::min(begin, b.size()), most);
    }
    for (auto *value : {&out.cache, &out.source}) {
        std::size_t left = most;
        for (auto &[name, content] : value->fields) {
            if (content.size() > left) content = cut(content, 0, left);
            left -= std::min(left, content.size());
        }
    }
    return out;
}

QJsonObject differenceToJson(const Difference &difference)
{
    QJsonObject object{
        {QStringLiteral("class"), QLatin1String(entryClassName(difference.what))},
        {QStringLiteral("key"), difference.key.empty() ? QJsonValue() : jsonOf(difference.key)},
        {QStringLiteral("cache"), jsonOf(difference.cache)},
        {QStringLiteral("source"), jsonOf(difference.source)},
        {QStringLiteral("age_ms"),
         difference.ageMs ? QJsonValue(qint64{*difference.ageMs}) : QJsonValue()}};
    if (difference.ttlMs) object.insert(QStringLiteral("ttl_ms"), qint64{*difference.ttlMs});
    if (!difference.remark.empty())
        object.insert(QStringLiteral("remark"), textOf(difference.remark));
    return object;
}

QString runReportFile(const QString &folder, const QString &run)
{
    return folder + QStringLiteral("/reports/") + run + QStringLiteral(".jsonl");
}

// A run that is resumed goes on in its report.
RunReportWriter::RunReportWriter(const QString &folder, const QString &run)
    : m_file(runReportFile(folder, run))
{
    m_written = QFileInfo(m_file.fileName()).size();
}

void RunReportWriter::add(const Difference &difference)
{
    if (m_failed || m_written > kMostBytes) return;
    const QByteArray line = QJsonDocument(differenceToJson(shortened(difference, kMostValueBytes)))
                                .toJson(QJsonDocument::Compact);
    m_written += line.size() + 1;
    m_waiting += line + '\n';
    if (m_waiting.size() >= kFlushBytes) (void)finish();
}

std::int64_t RunReportWriter::mark()
{
    (void)finish(); // what is lost is told at the end
    return m_written;
}

void RunReportWriter::cutTo(std::int64_t mark)
{
    (void)finish();
    // A power cut may have taken more than what is to be taken back.
    if (!m_file.exists() || m_file.size() <= mark) return;
    if (!m_file.resize(mark)) {
        m_failed = true;
        m_reason = m_file.errorString();
    }
    m_written = mark;
}

Result<bool> RunReportWriter::finish()
{
    if (!m_waiting.isEmpty() && !m_failed) {
        if (!m_file.isOpen()) {
            QDir().mkpath(QFileInfo(m_file.fileName()).absolutePath());
            m_failed = !m_file.open(QIODevice::WriteOnly | QIODevice::Append);
            m_file.setPermissions(QFileDevice::ReadOwner | QFileDevice::WriteOwner);
        }
        if (!m_failed) m_failed = m_file.write(m_waiting) != m_waiting.size() || !m_file.flush();
        if (m_failed) m_reason = m_file.errorString();
        m_waiting.clear();
    }
    if (m_failed) return failure(ErrorCode::FileUnwritable, {m_file.fileName(), m_reason});
    return true;
}

Result<FoundDifferences> loadRunReport(const QString &folder, const QString &run,
                                       ValueRule::Type valueType)
{
    FoundDifferences found;
    QFile file(runReportFile(folder, run));
    if (!file.exists()) return found;
    if (!file.open(QIODevice::ReadOnly))
        return failure(ErrorCode::FileUnreadable, {file.fileName(), file.errorString()});
    while (!file.atEnd() && found.some.size() < FoundDifferences::kMost) {
        const QJsonObject object = QJsonDocument::fromJson(file.readLine()).object();
        if (!object.isEmpty()) found.add(differenceFrom(object, valueType));
    }
    return found;
}

Result<bool> exportRunReport(const QString &folder, const RunRecord &record, const QString &path,
                             ReportFormat format)
{
    QFile lines(runReportFile(folder, record.id));
    if (lines.exists() && !lines.open(QIODevice::ReadOnly))
        return failure(ErrorCode::FileUnreadable, {lines.fileName(), lines.errorString()});
    QSaveFile out(path);
    const auto binding = Binding::parse(record.binding);
    const auto type = binding ? binding->value.type : ValueRule::Type::String;
    const bool written = out.open(QIODevice::WriteOnly) &&
                         (format == ReportFormat::Json ? writeJson(out, record, lines)
                                                       : writeMarkdown(out, record, lines, type)) &&
                         out.commit();
    if (!written) return failure(ErrorCode::FileUnwritable, {path, out.errorString()});
    return true;
}

} // namespace kvscope
