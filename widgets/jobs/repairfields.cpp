// RepairFields: two rows of the Advanced fold.
#include "widgets/jobs/repairfields.h"

#include "widgets/jobs/advancedfold.h"

#include <QCoreApplication>
#include <QLineEdit>
#include <QUrl>

namespace kvscope::repairfields {
namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(kvscope::RepairFields)
};

constexpr int kMostReplicas = 100;

} // namespace

void addWait(AdvancedFold &fold, QLineEdit *field)
{
    field->setObjectName(QStringLiteral("waitField"));
    field->setPlaceholderText(Words::tr("for none"));
    fold.addRow(Words::tr("&Wait for replicas"), field, QStringLiteral("--wait"),
                Words::tr("So many must have taken each batch of repairs over before the next "
                          "one"));
}

void addEtcd(AdvancedFold &fold, QLineEdit *field, const QString &ofBinding)
{
    field->setObjectName(QStringLiteral("etcdField"));
    field->setPlaceholderText(ofBinding.isEmpty() ? QStringLiteral("http://etcd:2379") : ofBinding);
    fold.addRow(Words::tr("Lease in &etcd"), field, QStringLiteral("--etcd"),
                ofBinding.isEmpty()
                    ? Words::tr("An etcd lets one at a time repair, instead of the store. A team's "
                                "stands in the binding's file as “etcd”.")
                    : Words::tr("Empty: the one that the binding's file names"));
}

QString complaint(const QString &replicas, const QString &etcdUrl)
{
    bool isNumber = true;
    const int count = replicas.isEmpty() ? 0 : replicas.toInt(&isNumber);
    if (!isNumber || count < 0 || count > kMostReplicas)
        return Words::tr("Replicas to wait for are a number, or empty.");
    const QString text = etcdUrl.trimmed();
    if (text.isEmpty()) return {};
    const QUrl parsed(text, QUrl::StrictMode);
    if (parsed.isValid() && parsed.scheme().startsWith(QLatin1String("http")) &&
        !parsed.host().isEmpty())
        return {};
    return Words::tr("An etcd has a URL, as in http://etcd:2379.");
}

} // namespace kvscope::repairfields
