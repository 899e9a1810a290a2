using System.Security.Cryptography;
using System.Text;
using Sidecar.Chat;
using Sidecar.Features.Customers.Domain;
using Sidecar.Features.Escalations.Domain;
using Sidecar.Ids;
using Sidecar.People;
using Sidecar.Storage;
using Sidecar.Text;
using Sidecar.Time;

namespace Sidecar.Features.Escalations.Moves;

/// <summary>
/// Somebody says that an escalation is another customer's, and may not know who the customers are: a lead is asked to
/// change it, and they are answered the same whether there is such a customer or not (X4).
/// </summary>
internal sealed class AskedCustomers(Store store, RoleStore roles, TimeProvider clock)
{
    /// <summary>What they are told.</summary>
    public static Markdown Told(EscalationId id, string customer) =>
        Markdown.Of(
            $"That {id} is “{customer.Trim()}”’s is handed in to the leads, who change it; it is as it was until then."
        );

    /// <summary>Asks the leads, once a day for the same words; administrators where nobody leads.</summary>
    public async Task Tell(
        EscalationId id,
        string now,
        string wanted,
        UserId by,
        CancellationToken cancel
    )
    {
        var at = clock.GetUtcNow();
        var change = new Change(at, by.Value).Add(
            IdempotencyRecord.Kind,
            Act(id, wanted, by, at),
            new IdempotencyRecord(id.ToString(), at)
        );
        var leads = await roles.Holders(Role.DeploymentEngineeringLead, cancel);
        foreach (
            var lead in leads.Count > 0 ? leads : await roles.Holders(Role.Administrator, cancel)
        )
        {
            change.Do(
                new Effect.TellPerson(
                    lead,
                    Markdown.Of(
                        $":raising_hand: {by} says that **{id}** is the customer “{wanted.Trim()}”, not “{now}”. They may not read customers, so nothing was changed and they were not told whether there is one. {EscalationWords.Command($"edit {id} customer {wanted.Trim()}")} changes it."
                    )
                )
                {
                    About = id.ToString(),
                    OnBehalfOf = by,
                    IsInternal = true,
                }
            );
        }

        // A conflict means that they were asked already.
        await store.Commit(change, cancel);
    }

    private static string Act(EscalationId id, string wanted, UserId by, DateTimeOffset at)
    {
        var words = SHA256.HashData(Encoding.UTF8.GetBytes(CustomerIndexes.Plain(wanted)));
        return $"{id}/{by.Value}/{CalendarDay.Write(DateOnly.FromDateTime(at.UtcDateTime))}/{Convert.ToHexString(words, 0, 8)}";
    }
}
