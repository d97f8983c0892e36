// Store: a place that holds entries, as a bundle of small seams. Everything above core/store is
// written against these and nothing below.
#pragma once

#include "core/store/batchreader.h"
#include "core/store/batchwriter.h"
#include "core/store/bulkaccess.h"
#include "core/store/capabilities.h"
#include "core/store/enginecontrol.h"
#include "core/store/keyspace.h"
#include "core/store/snapshot.h"
#include "core/store/telemetry.h"

#include <QObject>

namespace kvscope {

struct StoreState
{
    enum class Phase : std::uint8_t { Idle, Connecting, Ready, Waiting, Failed };
    Phase phase = Phase::Idle;
    std::optional<Error> error; ///< why Waiting or Failed; Loading, and how far, while Connecting
    int attempt = 0;            ///< of reconnecting
    int retryInMs = 0;          ///< Waiting: until the next attempt
};

/// The object and its signals live on the thread that made it; the seams may be called from any.
/// Calls made before it is Ready wait for it; calls made while Failed end in that Error.
class Store : public QObject
{
    Q_OBJECT

  public:
    using QObject::QObject;

    /// Starts connecting; the outcome comes by stateChanged. Again after Failed: tries anew.
    virtual void open() = 0;
    virtual StoreState state() const = 0;
    virtual Capabilities capabilities() const = 0;

    /// For people: "localhost:6379/0", "engine". Never holds a password.
    virtual QString name() const = 0;

    virtual KeySpace &keySpace() = 0;
    virtual BatchReader &reader() = 0;
    virtual BatchWriter &writer() = 0;
    virtual Snapshot &snapshot() = 0;
    virtual Telemetry &telemetry() = 0;
    /// For jobs: pages of a thousand keys.
    virtual BulkAccess &bulk() = 0;

    /// Where capabilities().policySwitch says so; nullptr otherwise.
    virtual EngineControl *engineControl() { return nullptr; }

    virtual int database() const = 0;
    /// Every later call acts on database `index`; running scans are cancelled.
    virtual void selectDatabase(int index) = 0;

  signals:
    void stateChanged(const kvscope::StoreState &state);
    /// This side changed keys (a save, a delete, a rename): views refresh what they show of them.
    void keysChanged(const std::vector<kvscope::Bytes> &keys);
    void databaseChanged(int index);
};

} // namespace kvscope

Q_DECLARE_METATYPE(kvscope::StoreState)
