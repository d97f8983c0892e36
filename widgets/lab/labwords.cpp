// LabWords: texts and colours.
#include "widgets/lab/labwords.h"

#include "core/base/human.h"
#include "widgets/base/tokens.h"

#include <QCoreApplication>

namespace kvscope {
namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(kvscope::Lab)
};

const QColor &toneOf(llm::Origin origin)
{
    const ThemeTokens &t = theme();
    switch (origin) {
    case llm::Origin::FirstLevel:
        return t.accent;
    case llm::Origin::SecondLevel:
        return t.blue;
    case llm::Origin::File:
        return t.purple;
    case llm::Origin::Computed:
        break;
    }
    return t.orange;
}

} // namespace

QString tokenText(const Bytes &bytes)
{
    if (!isValidUtf8(bytes)) {
        QString out;
        for (const char byte : bytes)
            out += QStringLiteral("‹0x%1›").arg(static_cast<unsigned char>(byte), 2, 16,
                                                QLatin1Char('0'));
        return out;
    }
    QString text = QString::fromUtf8(bytes.data(), static_cast<qsizetype>(bytes.size()));
    if (text == QLatin1String(" ")) return QStringLiteral("␣");
    if (text.startsWith(QLatin1Char(' '))) text.remove(0, 1);
    text.replace(QLatin1Char('\n'), QStringLiteral("⏎"));
    text.replace(QLatin1Char('\t'), QStringLiteral("⇥"));
    return text.isEmpty() ? QStringLiteral("∅") : text;
}

QString originName(llm::Origin origin)
{
    switch (origin) {
    case llm::Origin::FirstLevel:
        return Words::tr("L1 engine");
    case llm::Origin::SecondLevel:
        return Words::tr("L2 Redis");
    case llm::Origin::File:
        return Words::tr("file");
    case llm::Origin::Computed:
        break;
    }
    return Words::tr("computed");
}

QColor originColor(llm::Origin origin)
{
    const ThemeTokens &t = theme();
    return mixed(t.panel, toneOf(origin), t.dark ? 0.28 : 0.24);
}

QColor originInk(llm::Origin origin)
{
    return mixed(theme().panel, toneOf(origin), theme().dark ? 0.75 : 0.85);
}

QString policyText(const llm::PolicySpec &policy)
{
    switch (policy.kind) {
    case llm::PolicyKind::Full:
        return Words::tr("full");
    case llm::PolicyKind::Window:
        return Words::tr("window %1").arg(policy.budget);
    case llm::PolicyKind::Sinks:
        return Words::tr("sinks %1 + window %2").arg(policy.sinks).arg(policy.budget);
    case llm::PolicyKind::H2o:
        return Words::tr("H2O %1").arg(policy.budget);
    case llm::PolicyKind::SnapKv:
        return Words::tr("SnapKV %1").arg(policy.budget);
    case llm::PolicyKind::KeyNorm:
        return Words::tr("key norm %1").arg(policy.budget);
    case llm::PolicyKind::Random:
        return Words::tr("random %1").arg(policy.budget);
    }
    return {};
}

QString formatText(llm::KvType type, llm::Rotation rotation)
{
    const QString name = type == llm::KvType::F32   ? QStringLiteral("f32")
                         : type == llm::KvType::F16 ? QStringLiteral("f16")
                         : type == llm::KvType::Q8  ? QStringLiteral("int8")
                         : type == llm::KvType::Q4  ? QStringLiteral("int4")
                                                    : QStringLiteral("KIVI 2-bit");
    return rotation == llm::Rotation::None ? name : Words::tr("%1 rotated").arg(name);
}

QString cacheText(const llm::Session::Options &options)
{
    if (options.caching == llm::Caching::Off) return Words::tr("cache off");
    return QStringLiteral("%1 %2").arg(policyText(options.policy),
                                       formatText(options.kv, options.rotation));
}

QString exactBytes(std::uint64_t bytes)
{
    return QString::fromStdString(formatCount(bytes)) + QStringLiteral(" B");
}

QString heatName(HeatKind kind)
{
    switch (kind) {
    case HeatKind::Mass:
        return Words::tr("attention mass");
    case HeatKind::Norm:
        return Words::tr("key norm");
    case HeatKind::Age:
        return Words::tr("age");
    case HeatKind::Error:
        return Words::tr("quantisation error");
    }
    return {};
}

} // namespace kvscope
