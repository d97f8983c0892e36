// WarmOrder: names and what stands behind the colon.
#include "core/jobs/warmorder.h"

#include <QCoreApplication>

#include <array>

namespace kvscope {
namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(kvscope::WarmOrder)
};

struct Form
{
    WarmOrder::Kind kind;
    const char *name;
    bool takesMore; // behind a colon
};
constexpr std::array<Form, 6> kForms{{{WarmOrder::Kind::Key, "key", false},
                                      {WarmOrder::Kind::Hot, "hot", true},
                                      {WarmOrder::Kind::Lfu, "lfu", false},
                                      {WarmOrder::Kind::Column, "column", true},
                                      {WarmOrder::Kind::Learned, "learned", true},
                                      {WarmOrder::Kind::Benefit, "benefit", true}}};

} // namespace

Result<WarmOrder> WarmOrder::parse(const QString &text)
{
    const QString name = text.section(QLatin1Char(':'), 0, 0);
    const bool more = text.contains(QLatin1Char(':'));
    const QString rest = text.mid(name.size() + 1);
    for (const Form &form : kForms) {
        if (name != QLatin1String(form.name) || more != form.takesMore) continue;
        if (more && rest.isEmpty()) break;
        WarmOrder order;
        order.kind = form.kind;
        if (form.kind == Kind::Column)
            order.column = rest.toStdString();
        else
            order.file = rest;
        return order;
    }
    return failure(ErrorCode::WrongUsage,
                   {Words::tr("--order is key, hot:FILE, lfu, column:NAME, learned:FILE or "
                              "benefit:FILE, not “%1”")
                        .arg(text)});
}

QString WarmOrder::text() const
{
    QString text;
    for (const Form &form : kForms)
        if (form.kind == kind) text = QLatin1String(form.name);
    if (kind == Kind::Column) return text + QLatin1Char(':') + QString::fromStdString(column);
    return file.isEmpty() ? text : text + QLatin1Char(':') + file;
}

} // namespace kvscope
