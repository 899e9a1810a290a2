using Sidecar.Features.Customers.Domain;
using Sidecar.Features.Customers.Finding;
using Sidecar.Features.Escalations.Domain;
using Sidecar.Ids;
using Sidecar.Interactions;
using Sidecar.People;
using Sidecar.Text;

namespace Sidecar.Features.Escalations.Intake;

/// <summary>
/// <c>/escalate northern login is down</c>: whoever begins with a customer means to raise something. The form opens with
/// what was typed; nothing is raised by a guess. For people who may know who the customers are.
/// </summary>
internal sealed class RaiseByCustomerName(CustomerStore customers, RoleStore roles) : IOtherWords
{
    private const int ShortestBeginning = 3;

    public async ValueTask<Reply?> Read(
        CommandLine line,
        Envelope envelope,
        CancellationToken cancel
    )
    {
        // A word alone is rather a command with a slip in it. Who may not read customers would find out by it who is one.
        if (line.Words.Length < 2 || !await customers.MayRead(envelope.User, cancel))
        {
            return null;
        }

        var typed = await IntakeWords.Read(customers, line, 0, hasSeverity: false, cancel);
        var customer = typed.Known ?? await Beginning(line.Words[0].Value, cancel);
        if (customer is null or { IsArchived: true } || typed.Problem is not null)
        {
            return null;
        }

        if (await roles.Check(EscalationRights.Raise, envelope.User, cancel) is { } refusal)
        {
            return Reply.No(refusal);
        }

        var (severity, summary) =
            typed.Known is null && typed.Severity is null
                ? (null, line.From(1).Trim())
                : (typed.Severity, typed.Summary);
        return RaiseEscalation.Form(line, customer.Name, severity, summary);
    }

    /// <summary>The one customer with a word that begins so.</summary>
    private async ValueTask<Customer?> Beginning(string word, CancellationToken cancel)
    {
        var wanted = CustomerIndexes.Fold(word);
        if (wanted.Length is < ShortestBeginning or > Customer.MaxNameLength)
        {
            return null;
        }

        var near = await customers.Nearest(word, cancel);
        return
            near.Where(c =>
                    CustomerIndexes
                        .WordsOf(c)
                        .Any(w => w.StartsWith(wanted, StringComparison.Ordinal))
                )
                .ToList()
                is [var only]
            ? only
            : null;
    }
}
