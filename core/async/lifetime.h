// Lifetime: makes callbacks that die with their owner and always run on the owner's thread.
#pragma once

#include "core/async/mailbox.h"

#include <atomic>
#include <memory>
#include <tuple>
#include <utility>

namespace kvscope {

/// Declare one as the last member of a class; pass `m_lifetime.guard([this](Result<X> r) { … })` to
/// an asynchronous call. The function is posted to the thread that made the Lifetime and is dropped
/// there if the Lifetime has died, or was renewed, since. Never runs inside the call itself.
///
/// Requires: made, renewed and destroyed on one thread; guard() may be called on that thread only,
/// what it returns may be called, copied and destroyed on any.
class Lifetime
{
  public:
    Lifetime() : m_mailbox(Mailbox::current()) { renew(); }
    ~Lifetime() { m_token->store(false); }
    Lifetime(const Lifetime &) = delete;
    Lifetime &operator=(const Lifetime &) = delete;

    /// Starts a new generation: whatever was guarded before is never delivered.
    void renew()
    {
        if (m_token) m_token->store(false);
        m_token = std::make_shared<std::atomic<bool>>(true);
    }

    template<class F>
    auto guard(F function) const
    {
        auto shared = std::make_shared<F>(std::move(function));
        return [mailbox = m_mailbox, token = m_token, shared](auto &&...arguments) {
            auto packed = std::make_shared<std::tuple<std::decay_t<decltype(arguments)>...>>(
                std::forward<decltype(arguments)>(arguments)...);
            mailbox->post([token, shared, packed] {
                if (token->load()) std::apply(*shared, std::move(*packed));
            });
        };
    }

  private:
    std::shared_ptr<Mailbox> m_mailbox;
    std::shared_ptr<std::atomic<bool>> m_token;
};

} // namespace kvscope
