// JobWords: sentences out of figures.
#include "widgets/jobs/jobwords.h"

#include "core/base/human.h"
#include "core/jobs/warmorder.h"
#include "widgets/base/theme.h"

#include <QCoreApplication>

#include <cmath>

namespace kvscope {
namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(kvscope::JobWords)
};

std::int64_t figure(const QJsonObject &result, const char *name)
{
    return result.value(QLatin1String(name)).toInteger();
}

QString text(const std::string &bytes)
{
    return QString::fromStdString(bytes);
}

QString checkText(const QJsonObject &result)
{
    const ClassCounts counts = countsOf(result);
    QStringList parts{classesText(counts)};
    if (parts.front().isEmpty() && counts.total() > 0) parts.front() = Words::tr("all agree");
    if (const auto repaired = figure(result, "repaired"); repaired > 0)
        parts << Words::tr("%1 repaired").arg(countText(repaired));
    parts.removeAll(QString());
    return parts.join(QStringLiteral(", "));
}

QString warmText(const QJsonObject &options, const QJsonObject &result)
{
    const bool dry = isDryRun(options);
    const QString written = countText(figure(result, "written"));
    QStringList parts{dry ? Words::tr("would write %1").arg(written)
                          : Words::tr("%1 written").arg(written)};
    if (const auto kept = figure(result, "newer_kept"); kept > 0)
        parts << (dry ? Words::tr("would keep %1 as they are") : Words::tr("%1 kept as they were"))
                     .arg(countText(kept));
    if (const auto skipped = figure(result, "skipped"); skipped > 0)
        parts << Words::tr("%1 skipped").arg(countText(skipped));
    return parts.join(QStringLiteral(", "));
}

QString syncText(const QJsonObject &result)
{
    QString written = Words::tr("%1 written").arg(countText(figure(result, "written")));
    const QJsonValue lag = result.value(QLatin1String("lag_p99_ms"));
    if (!lag.isDouble()) return written;
    const std::int64_t ms = std::llround(lag.toDouble());
    return written + QStringLiteral(", ") + Words::tr("lag %1 (p99)").arg(text(formatDuration(ms)));
}

QString figuresText(const QString &kind, const QJsonObject &options, const QJsonObject &result)
{
    if (result.isEmpty() || (result.size() == 1 && result.contains(QLatin1String("error"))))
        return {};
    if (kind == QLatin1String("check") || kind == QLatin1String("kv-check"))
        return checkText(result);
    if (kind == QLatin1String("warm") || kind == QLatin1String("kv-warm"))
        return warmText(options, result);
    if (kind == QLatin1String("lab-experiment"))
        return Words::tr("%n settings measured", nullptr, int(figure(result, "rows")));
    if (kind == QLatin1String("sync")) return syncText(result);
    if (kind == QLatin1String("undo")) {
        QString put = Words::tr("%1 put back").arg(countText(figure(result, "restored")));
        if (const auto kept = figure(result, "kept"); kept > 0)
            put += QStringLiteral(", ") + Words::tr("%1 changed since").arg(countText(kept));
        return put;
    }
    QString mended = Words::tr("%1 repaired").arg(countText(figure(result, "repaired")));
    if (const auto agreed = figure(result, "agreed"); agreed > 0)
        mended += QStringLiteral(", ") + Words::tr("%1 right by now").arg(countText(agreed));
    if (const auto skipped = figure(result, "skipped"); skipped > 0)
        mended += QStringLiteral(", ") + Words::tr("%1 left alone").arg(countText(skipped));
    return mended;
}

} // namespace

bool isDryRun(const QJsonObject &options)
{
    return options.value(QLatin1String("dry_run")).toBool();
}

QString classesText(const ClassCounts &counts)
{
    QStringList parts;
    for (std::size_t i = 1; i < kEntryClasses; ++i) {
        const auto of = static_cast<EntryClass>(i);
        if (counts[of] > 0)
            parts << QStringLiteral("%1 %2").arg(countText(counts[of]), className(of));
    }
    return parts.join(QStringLiteral(", "));
}

QString repairForecast(const ClassCounts &counts, Repair how)
{
    const auto sum = [&counts](std::initializer_list<EntryClass> classes) {
        std::int64_t all = 0;
        for (const EntryClass of : classes) all += counts[of];
        return static_cast<int>(all);
    };
    const int wrong =
        sum({EntryClass::Stale, EntryClass::Ahead, EntryClass::Diverged, EntryClass::Corrupt});
    const int times = sum({EntryClass::TtlNone, EntryClass::TtlLong, EntryClass::TtlShort});
    const int orphans = sum({EntryClass::Orphan});
    const int missing = sum({EntryClass::Missing});
    const bool deletes = how == Repair::Delete;
    const int removed = orphans + (deletes ? wrong + times : 0);
    const int kept = sum({EntryClass::Unknown}) + (deletes ? missing : 0);
    QStringList parts;
    const auto add = [&parts](int count, const QString &text) {
        if (count > 0) parts << text.arg(countText(count));
    };
    add(removed, Words::tr("%1 deleted", nullptr, removed));
    add(deletes ? 0 : wrong, Words::tr("%1 written anew", nullptr, wrong));
    add(deletes ? 0 : missing, Words::tr("%1 filled", nullptr, missing));
    add(deletes ? 0 : times, Words::tr("%1 given the TTL they should have", nullptr, times));
    add(kept, Words::tr("%1 left alone", nullptr, kept));
    return parts.isEmpty() ? Words::tr("nothing") : parts.join(QStringLiteral(", "));
}

QString countText(std::int64_t count)
{
    return text(formatCount(static_cast<std::uint64_t>(std::max<std::int64_t>(count, 0))));
}

QString ageText(std::int64_t ms)
{
    // Whole seconds are enough for what lies in the past.
    return text(formatDuration(ms < 10'000 ? ms : ms / 1'000 * 1'000));
}

QString jobName(const QString &kind, const QJsonObject &options)
{
    if (kind == QLatin1String("warm"))
        return isDryRun(options) ? Words::tr("Dry run") : Words::tr("Warm-up");
    if (kind == QLatin1String("check")) {
        const QString repair = options.value(QLatin1String("repair")).toString();
        const bool repairs = !repair.isEmpty() && repair != QLatin1String("none");
        if (options.contains(QLatin1String("primary"))) return Words::tr("Check of a replica");
        return repairs ? Words::tr("Check and repair") : Words::tr("Check");
    }
    if (kind == QLatin1String("kv-warm")) return Words::tr("Warm-up of KV blocks");
    if (kind == QLatin1String("kv-check"))
        return options.value(QLatin1String("repair")).toString() == QLatin1String("delete")
                   ? Words::tr("Check and deletion of KV blocks")
                   : Words::tr("Check of KV blocks");
    if (kind == QLatin1String("lab-experiment")) return Words::tr("Experiment");
    if (kind == QLatin1String("repair")) return Words::tr("Repair");
    if (kind == QLatin1String("undo")) return Words::tr("Undo");
    if (kind == QLatin1String("sync")) return Words::tr("Keep in sync");
    return kind;
}

QString runName(const QString &kind, const QJsonObject &options)
{
    const auto order = WarmOrder::parse(options.value(QLatin1String("order")).toString());
    if (kind != QLatin1String("warm") || isDryRun(options) || !order) return jobName(kind, options);
    switch (order->kind) {
    case WarmOrder::Kind::Key:
        break;
    case WarmOrder::Kind::Hot:
        return Words::tr("Warm-up, hottest first");
    case WarmOrder::Kind::Lfu:
        return Words::tr("Warm-up by LFU counters");
    case WarmOrder::Kind::Column:
        return Words::tr("Warm-up by %1").arg(QString::fromStdString(order->column));
    case WarmOrder::Kind::Learned:
        return Words::tr("Warm-up as predicted");
    case WarmOrder::Kind::Benefit:
        return Words::tr("Warm-up by benefit");
    }
    return jobName(kind, options);
}

QString className(EntryClass of)
{
    switch (of) {
    case EntryClass::Match:
        return Words::tr("agree");
    case EntryClass::Missing:
        return Words::tr("missing");
    case EntryClass::Stale:
        return Words::tr("stale");
    case EntryClass::Ahead:
        return Words::tr("ahead");
    case EntryClass::Diverged:
        return Words::tr("diverged");
    case EntryClass::Corrupt:
        return Words::tr("corrupt");
    case EntryClass::Orphan:
        return Words::tr("orphan");
    case EntryClass::TtlNone:
        return Words::tr("no TTL");
    case EntryClass::TtlLong:
        return Words::tr("TTL too long");
    case EntryClass::TtlShort:
        return Words::tr("TTL too short");
    case EntryClass::Unknown:
        return Words::tr("unknown");
    case EntryClass::Transient:
        break;
    }
    return Words::tr("transient");
}

QString classMeaning(EntryClass of)
{
    switch (of) {
    case EntryClass::Match:
        return Words::tr("The entry says what its row says");
    case EntryClass::Missing:
        return Words::tr("A row without an entry");
    case EntryClass::Stale:
        return Words::tr("Another value, of an older version");
    case EntryClass::Ahead:
        return Words::tr("Another value, of a newer version than the row");
    case EntryClass::Diverged:
        return Words::tr("Another value, of the same version");
    case EntryClass::Corrupt:
        return Words::tr("Not of the form it should have");
    case EntryClass::Orphan:
        return Words::tr("An entry without a row");
    case EntryClass::TtlNone:
        return Words::tr("The value agrees; it never expires");
    case EntryClass::TtlLong:
        return Words::tr("The value agrees; it lives longer than it may");
    case EntryClass::TtlShort:
        return Words::tr("The value agrees; it lives shorter than it should");
    case EntryClass::Unknown:
        return Words::tr("Could not be compared");
    case EntryClass::Transient:
        break;
    }
    return Words::tr("Differed once and was otherwise when it was looked at again");
}

QColor classColor(EntryClass of)
{
    const ThemeTokens &t = theme();
    switch (of) {
    case EntryClass::Match:
        return t.good;
    case EntryClass::Stale:
    case EntryClass::Ahead:
    case EntryClass::TtlNone:
    case EntryClass::TtlLong:
    case EntryClass::TtlShort:
        return t.warning;
    case EntryClass::Diverged:
    case EntryClass::Corrupt:
        return t.bad;
    case EntryClass::Missing:
        return t.blue;
    case EntryClass::Orphan:
        return t.purple;
    case EntryClass::Unknown:
    case EntryClass::Transient:
        break;
    }
    return t.muted;
}

std::int64_t rowsOf(const QJsonObject &result)
{
    for (const char *name : {"compared", "rows", "restored"})
        if (result.contains(QLatin1String(name))) return figure(result, name);
    return 0;
}

double rateOf(const QJsonObject &result)
{
    const double seconds = result.value(QLatin1String("seconds")).toDouble() -
                           result.value(QLatin1String("waited_seconds")).toDouble();
    return seconds > 0 ? static_cast<double>(rowsOf(result)) / seconds : 0;
}

QString resultText(const QString &kind, const QJsonObject &options, RunRecord::State state,
                   const QJsonObject &result)
{
    QString figures = figuresText(kind, options, result);
    const auto with = [&figures](const QString &word) {
        return figures.isEmpty() ? word : word + QStringLiteral(" · ") + figures;
    };
    switch (state) {
    case RunRecord::State::Running:
        return Words::tr("running…");
    case RunRecord::State::Done:
        return figures;
    case RunRecord::State::Failed:
        return result.value(QLatin1String("error")).toString(Words::tr("failed"));
    case RunRecord::State::Cancelled:
        return with(Words::tr("cancelled"));
    case RunRecord::State::Interrupted:
        break;
    }
    return with(Words::tr("interrupted"));
}

ClassCounts countsOf(const QJsonObject &result)
{
    ClassCounts counts;
    const QJsonObject classes = result.value(QLatin1String("counts")).toObject();
    for (std::size_t i = 0; i < kEntryClasses; ++i) {
        const auto of = static_cast<EntryClass>(i);
        counts[of] = classes.value(QLatin1String(entryClassName(of))).toInteger();
    }
    return counts;
}

QString shareText(double share)
{
    return QStringLiteral("%1 %").arg(static_cast<int>(share * 100));
}

QString progressText(const JobState &job)
{
    if (job.phase == JobState::Phase::Waiting) return Words::tr("waits for its turn");
    if (job.ending) return Words::tr("stopping…");
    QStringList parts;
    if (job.paused) parts << Words::tr("paused");
    const JobProgress &now = job.progress;
    if (const auto share = job.share())
        parts << shareText(*share);
    else if (now.done > 0)
        parts << countText(now.done);
    if (!job.paused && now.rowsPerSecond > 0) parts << text(formatRate(now.rowsPerSecond));
    if (!job.paused && now.lagMs)
        parts << Words::tr("lag %1").arg(text(formatDuration(*now.lagMs)));
    if (!job.paused && now.leftMs && *now.leftMs > 0)
        parts << Words::tr("%1 left").arg(
            text(formatDuration(std::max<std::int64_t>(*now.leftMs / 1000, 1) * 1000)));
    if (parts.isEmpty()) parts << now.phase;
    return parts.join(QStringLiteral(" · "));
}

QString ninesText(const QJsonObject &result)
{
    if (rowsOf(result) == 0) return QStringLiteral("–");
    const QJsonValue reached = result.value(QLatin1String("nines"));
    if (!reached.isDouble()) return Words::tr("all agree");
    return Words::tr("%1 nines").arg(reached.toDouble(), 0, 'f', 1);
}

QString valueChip(const Binding &binding)
{
    QStringList columns;
    for (const Bytes &column : binding.value.columns) columns << QString::fromStdString(column);
    const QString type = binding.value.type == ValueRule::Type::Json     ? QStringLiteral("json")
                         : binding.value.type == ValueRule::Type::String ? QStringLiteral("string")
                                                                         : QStringLiteral("hash");
    return type + QStringLiteral(" · ") + columns.join(QStringLiteral(", "));
}

QString ttlChip(const TtlRule &ttl)
{
    QString chip =
        QStringLiteral("TTL ") +
        text(formatDuration(static_cast<std::int64_t>(std::max(ttl.seconds, 0.001) * 1000)));
    if (ttl.jitter > 0) chip += QStringLiteral(" ± %1 %").arg(ttl.jitter * 100, 0, 'g', 3);
    return chip;
}

QString shortAge(std::int64_t ms)
{
    return ageText(ms).split(QLatin1Char(' ')).mid(0, 2).join(QLatin1Char(' '));
}

QString markAge(const CheckMark &mark, std::int64_t nowMs)
{
    return shortAge(std::max<std::int64_t>(nowMs - mark.checkedMs, 1'000));
}

QString markText(const CheckMark &mark, std::int64_t nowMs)
{
    const QString state =
        mark.what == EntryClass::Match ? Words::tr("fresh") : className(mark.what);
    const QString ago = ageText(std::max<std::int64_t>(nowMs - mark.checkedMs, 1'000));
    return Words::tr("%1 when it was checked %2 ago (%3)").arg(state, ago, mark.bindingName);
}

QString valueLine(const ShownValue &value)
{
    if (!value.there) return QStringLiteral("–");
    if (!value.isHash) return text(escapeBytes(value.bytes));
    QStringList parts;
    for (const auto &[name, content] : value.fields)
        parts << text(escapeBytes(name)) + QLatin1Char('=') + text(escapeBytes(content));
    return parts.join(QStringLiteral("  "));
}

} // namespace kvscope
