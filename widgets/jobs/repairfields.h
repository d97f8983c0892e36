// RepairFields: what every repair may be asked, wherever it is asked for.
#pragma once

#include "core/jobs/repairer.h"

#include <QString>

#include <vector>

class QButtonGroup;
class QLineEdit;
class QWidget;

namespace kvscope {

class AdvancedFold;

namespace repairfields {

/// `--repair`: a button for each of `choices`, the first one pressed; the ids in `group` are those
/// of Repair. With an `obstacle` none that repairs can be chosen.
QWidget *addChoice(QWidget *parent, QButtonGroup *group, const std::vector<Repair> &choices,
                   const QString &obstacle = {});
/// `--wait`: replicas that must have each batch.
void addWait(AdvancedFold &fold, QLineEdit *field);
/// `--etcd`: who keeps the lease. `ofBinding`: what the binding's file says.
void addEtcd(AdvancedFold &fold, QLineEdit *field, const QString &ofBinding);
/// What is wrong with their texts; empty: nothing.
QString complaint(const QString &replicas, const QString &etcdUrl);

} // namespace repairfields
} // namespace kvscope
