// RepairFields: what every repair may be asked, wherever it is asked for.
#pragma once

#include <QString>

class QLineEdit;

namespace kvscope {

class AdvancedFold;

namespace repairfields {

/// `--wait`: replicas that must have each batch.
void addWait(AdvancedFold &fold, QLineEdit *field);
/// `--etcd`: who keeps the lease. `ofBinding`: what the binding's file says.
void addEtcd(AdvancedFold &fold, QLineEdit *field, const QString &ofBinding);
/// What is wrong with their texts; empty: nothing.
QString complaint(const QString &replicas, const QString &etcdUrl);

} // namespace repairfields
} // namespace kvscope
