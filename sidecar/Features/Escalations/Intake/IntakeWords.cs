using Sidecar.Features.Customers.Domain;
using Sidecar.Features.Customers.Finding;
using Sidecar.Features.Escalations.Domain;
using Sidecar.Interactions;
using Sidecar.Text;

namespace Sidecar.Features.Escalations.Intake;

/// <summary>What somebody typed to raise an escalation in one line.</summary>
/// <param name="Customer">As typed; empty when there was nothing.</param>
/// <param name="Severity">Null when none was said.</param>
/// <param name="Summary">The rest.</param>
internal sealed record IntakeLine(string Customer, Severity? Severity, string Summary)
{
    /// <summary>The customer is one that is known by that name or key.</summary>
    public Customer? Known { get; init; }

    /// <summary>Where what follows a severity that came first begins, as a place among the words; null when none did.</summary>
    public int? BehindSeverity { get; init; }

    /// <summary>What is wrong with the severity; null when nothing is.</summary>
    public string? Problem { get; init; }

    /// <summary>The customer, who is none that is known, was typed as people are: with an at sign in front.</summary>
    public string? AtName { get; init; }
}

/// <summary>
/// Reads customer, severity and summary. A name of several words needs no quotes where it is one that is known, or where
/// the severity shows its end: <c>Northern Bank sev2 Login is down</c>.
/// </summary>
internal static class IntakeWords
{
    private const int LongestName = 6;

    /// <param name="customers">Who is known; null to take the words as they were typed, whoever is known (X4).</param>
    /// <param name="line">What was typed.</param>
    /// <param name="at">Where it begins.</param>
    /// <param name="hasSeverity">The severity was said before: words that look like one belong to the summary.</param>
    /// <param name="cancel">Gives up.</param>
    public static async ValueTask<IntakeLine> Read(
        CustomerStore? customers,
        CommandLine line,
        int at,
        bool hasSeverity,
        CancellationToken cancel
    )
    {
        var (severity, problem) = hasSeverity ? (null, null) : Take(line, ref at);
        if (at >= line.Words.Length || problem is not null)
        {
            return new IntakeLine("", severity, "") { Problem = problem };
        }

        int? behind = severity is null ? null : at;
        var (length, known) = await Name(customers, line, at, hasSeverity, cancel);
        // Acme, Inc., sev3, … and Acme: … have marks behind the name that are none of its own.
        var customer =
            length == 1 && line.Words[at].IsQuoted
                ? line.Words[at].Value
                : SentenceMarks.BeforeBreak(Text(line, at, length));
        var atName =
            known is null && !line.Words[at].IsQuoted
                ? SentenceMarks.Name(line.Words[at], '@')
                : null;
        if (atName is not null)
        {
            customer = SentenceMarks.Name(customer, '@') ?? atName;
        }

        at += length;
        SkipBreak(line, ref at);
        if (severity is null && !hasSeverity)
        {
            (severity, problem) = Take(line, ref at);
            SkipBreak(line, ref at);
        }

        return new IntakeLine(customer, severity, line.From(at).Trim())
        {
            Known = known,
            BehindSeverity = behind,
            Problem = problem,
            AtName = atName,
        };
    }

    /// <summary>The longest known name; else all up to the severity; else one word.</summary>
    private static async ValueTask<(int Words, Customer? Known)> Name(
        CustomerStore? customers,
        CommandLine line,
        int at,
        bool hasSeverity,
        CancellationToken cancel
    )
    {
        var words = line.Words;
        var most = 1;
        while (
            most < LongestName
            && at + most < words.Length
            && !words[at + most - 1].IsQuoted
            && !words[at + most].IsQuoted
            && (hasSeverity || !IsSeverity(line, at + most))
        )
        {
            most++;
        }

        for (var length = customers is null ? 0 : most; length > 0; length--)
        {
            if (await customers!.Known(Text(line, at, length), cancel) is { } known)
            {
                return (length, known);
            }
        }

        var ends = !hasSeverity && at + most < words.Length && IsSeverity(line, at + most);
        return (ends ? most : 1, null);
    }

    private static void SkipBreak(CommandLine line, ref int at)
    {
        if (at + 1 < line.Words.Length && SentenceMarks.IsBreak(line.Words[at]))
        {
            at++;
        }
    }

    private static bool IsSeverity(CommandLine line, int at) =>
        !line.Words[at].IsQuoted
        && TypedSeverity
            .Read(
                line.Words[at].Value,
                at + 1 < line.Words.Length ? line.Words[at + 1].Value : null
            )
            .Read
            is not null;

    private static (Severity?, string?) Take(CommandLine line, ref int at)
    {
        if (at >= line.Words.Length || line.Words[at].IsQuoted)
        {
            return (null, null);
        }

        var (read, taken) = TypedSeverity.Read(
            line.Words[at].Value,
            at + 1 < line.Words.Length ? line.Words[at + 1].Value : null
        );
        if (read is TypedSeverity.NoSuchSeverity none)
        {
            return (null, none.Problem);
        }

        at += taken;
        return (
            read is TypedSeverity.KnownSeverity { Which: var severity } ? severity : null,
            null
        );
    }

    private static string Text(CommandLine line, int at, int length) =>
        string.Join(' ', line.Words.Skip(at).Take(length).Select(w => w.Value));
}
