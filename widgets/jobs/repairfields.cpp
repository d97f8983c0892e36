// RepairFields: two rows of the Advanced fold.
#include "widgets/jobs/repairfields.h"

#include "widgets/base/theme.h"
#include "widgets/jobs/advancedfold.h"

#include <QButtonGroup>
#include <QCoreApplication>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QPushButton>
#include <QUrl>

namespace kvscope::repairfields {
namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(kvscope::RepairFields)
};

constexpr int kMostReplicas = 100;

struct ChoiceWords
{
    QString objectName;
    QString text;
    QString tip;
};

ChoiceWords wordsOf(Repair repair)
{
    switch (repair) {
    case Repair::Delete:
        return {QStringLiteral("repairDelete"), Words::tr("&Delete"),
                Words::tr("Takes wrong entries away; the next reader fills them from the source")};
    case Repair::Refill:
        return {QStringLiteral("repairRefill"), Words::tr("Re&fill"),
                Words::tr("Writes what the source says; orphans are deleted")};
    case Repair::None:
        break;
    }
    return {QStringLiteral("repairNone"), Words::tr("&Nothing"),
            Words::tr("Counts and lists what differs")};
}

} // namespace

QWidget *addChoice(QWidget *parent, QButtonGroup *group, const std::vector<Repair> &choices,
                   const QString &obstacle)
{
    auto *row = new QWidget(parent);
    auto *line = new QHBoxLayout(row);
    line->setContentsMargins(0, 0, 0, 0);
    line->setSpacing(4);
    for (const Repair repair : choices) {
        const ChoiceWords words = wordsOf(repair);
        auto *button = new QPushButton(words.text, row);
        button->setObjectName(words.objectName);
        button->setCheckable(true);
        button->setAutoDefault(false);
        button->setToolTip(words.tip);
        setLook(button, "segment");
        group->addButton(button, static_cast<int>(repair));
        line->addWidget(button);
        if (repair == Repair::None || obstacle.isEmpty()) continue;
        button->setEnabled(false);
        button->setToolTip(obstacle);
    }
    line->addStretch(1);
    group->buttons().constFirst()->setChecked(true);
    return row;
}

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
