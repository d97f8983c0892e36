// ElementTableModel: the elements of a hash, list, set, sorted set or stream, page by page, to
// read.
#pragma once

#include "core/async/lifetime.h"
#include "core/store/store.h"

#include <QAbstractTableModel>

namespace kvscope {

/// Asks the store for a page when a view reaches the end of what it has. Never holds more than
/// kMaxRows; then it says so and stops.
class ElementTableModel : public QAbstractTableModel
{
    Q_OBJECT

  public:
    static constexpr int kPage = 500;
    static constexpr int kMaxRows = 1'000'000;

    using QAbstractTableModel::QAbstractTableModel;

    /// Starts anew with the first page. Requires: `store` outlives this, or clear() comes first.
    void load(Store *store, const Bytes &key, ValueType type);
    void clear();
    /// Asks again for the page that failed.
    void retry();

    /// Elements in all as the store told, -1 unknown.
    std::int64_t total() const { return m_total; }
    bool isComplete() const { return m_complete; }
    /// The element's bytes, to copy.
    Bytes bytes(const QModelIndex &index) const;

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;
    bool canFetchMore(const QModelIndex &parent) const override;
    void fetchMore(const QModelIndex &parent) override;

  signals:
    /// A page arrived.
    void loaded();
    void failed(const kvscope::Error &error);

  private:
    void accept(Result<ElementPage> page);
    /// Figures stand flush right, heading and all.
    bool isScore(int column) const { return m_type == ValueType::SortedSet && column == 1; }

    Store *m_store = nullptr;
    Bytes m_key;
    ValueType m_type = ValueType::None;
    std::vector<std::vector<Bytes>> m_rows;
    Bytes m_cursor;
    std::int64_t m_total = -1;
    bool m_complete = true;
    bool m_waiting = false;
    Lifetime m_lifetime;
};

} // namespace kvscope
