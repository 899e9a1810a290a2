using System.Collections.Frozen;
using Sidecar.Features.Escalations.Domain;
using Sidecar.Interactions;
using Sidecar.Text;

namespace Sidecar.Features.Escalations.Intake;

/// <summary>
/// Whoever is in a hurry writes what is the matter and not what a command is called: a line that begins with a severity, or
/// with a word for an emergency, raises as <c>new</c> does (U1): <c>/escalate sev1 acme Nobody can log in</c>.
/// </summary>
internal sealed class RaiseByEmergencyWord(IServiceProvider parts) : IOtherWords
{
    private static readonly FrozenSet<string> Emergencies = FrozenSet.ToFrozenSet(
        ["emergency", "outage", "urgent", "critical", "911"],
        StringComparer.OrdinalIgnoreCase
    );

    public async ValueTask<Reply?> Read(
        CommandLine line,
        Envelope envelope,
        CancellationToken cancel
    )
    {
        if (line.Words is not [var first, ..])
        {
            return null;
        }

        var word = BareWord.Of(first.Value);
        var meant =
            Emergencies.Contains(word) ? $"new sev1 {line.From(1)}"
            : TypedSeverity.Read(word, line.Words.ElementAtOrDefault(1)?.Value)
                is (TypedSeverity.KnownSeverity, _)
                ? $"new {line.Text}"
            : null;
        return meant is null
            ? null
            // The router knows what other words mean, and this is one of them.
            : await parts
                .GetRequiredService<Router>()
                .Command(envelope, meant, Mentions.None, cancel);
    }
}
