// RepairFields: two rows of the Advanced fold.
#include "widgets/jobs/repairfields.h"

#include "widgets/jobs/advancedfold.h"

#include <QCoreApplication>
#include <QLineEdit>
#include <QSpinBox>
#include <QUrl>

namespace kvscope::repairfields {
namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(kvscope::RepairFields)
};

constexpr int kMostReplicas = 100;

} // namespace

void addWait(AdvancedFold &fold, QSpinBox *field)
{
    field->setObjectName(QStringLiteral("waitField"));
    field->setRange(0, kMostReplicas);
    field->setSpecialValueText(Words::tr("for none"));
    fold.addRow(Words::tr("&Wait for replicas"), field, QStringLiteral("--wait"),
                Words::tr("so many must have taken each batch of repairs over before the next "
                          "one"));
}

void addEtcd(AdvancedFold &fold, QLineEdit *field, const QString &ofBinding)
{
    field->setObjectName(QStringLiteral("etcdField"));
    field->setPlaceholderText(ofBinding.isEmpty() ? QStringLiteral("http://etcd:2379") : ofBinding);
    fold.addRow(Words::tr("Lease in &etcd"), field, QStringLiteral("--etcd"),
                ofBinding.isEmpty()
                    ? Words::tr("an etcd lets one at a time repair, instead of the store; a team's "
                                "stands in the binding's file as “etcd”")
                    : Words::tr("empty: the one that the binding's file names"));
}

QString etcdComplaint(const QString &url)
{
    const QString text = url.trimmed();
    if (text.isEmpty()) return {};
    const QUrl parsed(text, QUrl::StrictMode);
    if (parsed.isValid() && parsed.scheme().startsWith(QLatin1String("http")) &&
        !parsed.host().isEmpty())
        return {};
    return Words::tr("An etcd has a URL, as in http://etcd:2379.");
}

} // namespace kvscope::repairfields
