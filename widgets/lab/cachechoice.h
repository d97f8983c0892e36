// CacheChoice: what a cache keeps and how: policy, budget, number format, rotation.
#pragma once

#include "core/llm/session.h"

#include <QWidget>

class QCheckBox;
class QComboBox;
class QSpinBox;

namespace kvscope {

/// As wide as what it shows; its list as wide as its longest entry.
QComboBox *labCombo(const char *objectName, const QString &name, QWidget *parent);

/// The fields' object names are `policy budget kvFormat rotate` for the cache itself and
/// `otherPolicy otherBudget otherFormat otherRotate` for the one beside it.
class CacheChoice : public QWidget
{
    Q_OBJECT

  public:
    enum class Of : std::uint8_t { Itself, Other };

    explicit CacheChoice(Of of, QWidget *parent = nullptr);

    /// The options that the fields mean; the rest of the options are the defaults.
    llm::Session::Options options() const;
    void setFormat(llm::KvType type);
    /// In the order of the Tab key.
    QList<QWidget *> fields() const;

  signals:
    void changed();

  private:
    void showFields();
    llm::PolicyKind kind() const;
    llm::KvType type() const;

    QComboBox *m_policy;
    QSpinBox *m_budget;
    QComboBox *m_format;
    QCheckBox *m_rotate;
};

} // namespace kvscope
