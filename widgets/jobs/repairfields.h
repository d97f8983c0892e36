// RepairFields: what every repair may be asked, wherever it is asked for.
#pragma once

#include <QString>

class QLineEdit;
class QSpinBox;

namespace kvscope {

class AdvancedFold;

namespace repairfields {

/// `--wait`: replicas that must have each batch.
void addWait(AdvancedFold &fold, QSpinBox *field);
/// `--etcd`: who keeps the lease. `ofBinding`: what the binding's file says.
void addEtcd(AdvancedFold &fold, QLineEdit *field, const QString &ofBinding);
/// What is wrong with an etcd's URL; empty: nothing, or there is none.
QString etcdComplaint(const QString &url);

} // namespace repairfields
} // namespace kvscope
