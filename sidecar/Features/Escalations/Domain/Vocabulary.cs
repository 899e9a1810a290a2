using System.Collections.Immutable;
using Sidecar.Chat;
using Sidecar.Interactions;
using Sidecar.Text;

namespace Sidecar.Features.Escalations.Domain;

/// <summary>How bad it is for the customer; 1 is the worst.</summary>
internal enum Severity
{
    Sev1 = 1,
    Sev2 = 2,
    Sev3 = 3,
    Sev4 = 4,
}

/// <summary>What kind of work it is (ESC-3).</summary>
internal enum Category
{
    DeploymentEscalation,
    NonStandardDeployment,
    NonStandardUpgrade,
    ComplexDataMigration,
    CustomSolution,
    RegularSupport,
    ProductBug,
    AccountManagement,
    StandardOnboarding,
    IntegrationOpportunity,
    InProductFeature,
}

/// <summary>How much it matters (ESC-5); the number is its weight.</summary>
internal enum ImpactLevel
{
    Low = 1,
    Medium = 2,
    High = 3,
    Critical = 4,
}

/// <summary>How much work it is likely to be (ESC-5); the number is its weight.</summary>
internal enum EffortEstimate
{
    Low = 1,
    Medium = 2,
    High = 3,
    VeryHigh = 4,
}

/// <summary>Where an escalation stands (ESC-6).</summary>
internal enum EscalationState
{
    /// <summary>Raised, and not routed yet; lasts no longer than the commit that raises it.</summary>
    New,

    /// <summary>A fact is missing without which nobody can say whose it is (ESC-2).</summary>
    NeedsInformation,

    /// <summary>Another team's: sent there (ESC-3).</summary>
    Redirected,

    /// <summary>Nothing starts before Product Engineering has approved (ESC-4).</summary>
    AwaitingApproval,

    /// <summary>Deployment Engineering's, and nobody has acknowledged it yet.</summary>
    Accepted,
    Acknowledged,
    Investigating,
    Identified,
    Monitoring,
    Resolved,

    /// <summary>Over: confirmed, or nothing more to do.</summary>
    Closed,

    /// <summary>Over: not done, with a reason.</summary>
    Declined,

    /// <summary>Over: taken back.</summary>
    Cancelled,
}

/// <summary>A choice's value in commands and dialogs, and how people read it.</summary>
internal sealed record Term<T>(T Value, string Code, string Label)
{
    /// <summary>What it means, for whoever has to choose; null where the label says it.</summary>
    public string? Means { get; init; }

    /// <summary>All that can be typed for it: what commands write, and what menus show.</summary>
    public IEnumerable<string> Names =>
        Means is null ? [Code, Label] : [Code, Label, $"{Label}: {Means}"];
}

/// <summary>How the words of escalations are written and read: in one place for dialogs, commands and cards.</summary>
internal static class Vocabulary
{
    public static ImmutableArray<Term<Severity>> Severities { get; } =
    [
        new(Severity.Sev1, "sev1", "Sev 1") { Means = "an outage, nobody can work" },
        new(Severity.Sev2, "sev2", "Sev 2") { Means = "a main function is broken or very slow" },
        new(Severity.Sev3, "sev3", "Sev 3")
        {
            Means = "something is wrong, and there is a way around it",
        },
        new(Severity.Sev4, "sev4", "Sev 4") { Means = "a question, a plan, a small flaw" },
    ];

    public static ImmutableArray<Term<Category>> Categories { get; } =
    [
        new(Category.DeploymentEscalation, "deployment", "Deployment escalation"),
        new(Category.NonStandardDeployment, "nonstandard-deployment", "Non-standard deployment"),
        new(Category.NonStandardUpgrade, "nonstandard-upgrade", "Non-standard upgrade"),
        new(Category.ComplexDataMigration, "migration", "Complex data migration"),
        new(Category.CustomSolution, "custom", "Custom solution or integration"),
        new(Category.RegularSupport, "support", "Regular support or troubleshooting"),
        new(Category.ProductBug, "bug", "Product bug"),
        new(Category.AccountManagement, "account", "Expansion, renewal or licence"),
        new(Category.StandardOnboarding, "onboarding", "Standard onboarding, training, roll-out"),
        new(Category.IntegrationOpportunity, "opportunity", "Finding integration opportunities"),
        new(Category.InProductFeature, "feature", "In-product feature"),
    ];

    public static ImmutableArray<Term<ImpactLevel>> Impacts { get; } =
    [
        new(ImpactLevel.Low, "low", "Low") { Means = "hardly anybody notices" },
        new(ImpactLevel.Medium, "medium", "Medium") { Means = "some are held up" },
        new(ImpactLevel.High, "high", "High") { Means = "many are held up, or a date is at risk" },
        new(ImpactLevel.Critical, "critical", "Critical") { Means = "their business stands still" },
    ];

    public static ImmutableArray<Term<EffortEstimate>> Efforts { get; } =
    [
        new(EffortEstimate.Low, "low", "Low") { Means = "hours" },
        new(EffortEstimate.Medium, "medium", "Medium") { Means = "a day or two" },
        new(EffortEstimate.High, "high", "High") { Means = "about a week" },
        new(EffortEstimate.VeryHigh, "very-high", "Very high") { Means = "weeks" },
    ];

    public static ImmutableArray<Term<EscalationState>> States { get; } =
    [
        new(EscalationState.New, "new", "New"),
        new(EscalationState.NeedsInformation, "needs-information", "Needs information"),
        new(EscalationState.Redirected, "redirected", "Redirected"),
        new(EscalationState.AwaitingApproval, "awaiting-approval", "Awaiting approval"),
        new(EscalationState.Accepted, "accepted", "Accepted"),
        new(EscalationState.Acknowledged, "acknowledged", "Acknowledged"),
        new(EscalationState.Investigating, "investigating", "Investigating"),
        new(EscalationState.Identified, "identified", "Identified"),
        new(EscalationState.Monitoring, "monitoring", "Monitoring"),
        new(EscalationState.Resolved, "resolved", "Resolved"),
        new(EscalationState.Closed, "closed", "Closed"),
        new(EscalationState.Declined, "declined", "Declined"),
        new(EscalationState.Cancelled, "cancelled", "Cancelled"),
    ];

    /// <summary>The default category of a command that names none: what Deployment Engineering is there for.</summary>
    public const Category DefaultCategory = Category.DeploymentEscalation;

    /// <summary>How much it matters until somebody says otherwise: as its severity says (ESC-5).</summary>
    public static ImpactLevel ImpactOf(Severity severity) =>
        (ImpactLevel)((int)ImpactLevel.Critical + (int)Severity.Sev1 - (int)severity);

    /// <summary>In commands and forms, for an impact that follows the severity.</summary>
    public const string AsSeverity = "as-severity";

    /// <summary>An impact as people read it; null: nobody has said one, so it follows the severity.</summary>
    public static string ImpactLabel(ImpactLevel? said) =>
        said is { } level ? Impacts.Label(level) : "As the severity";

    public static string Label<T>(this ImmutableArray<Term<T>> terms, T value)
        where T : struct, Enum => terms.First(t => t.Value.Equals(value)).Label;

    public static string Code<T>(this ImmutableArray<Term<T>> terms, T value)
        where T : struct, Enum => terms.First(t => t.Value.Equals(value)).Code;

    public static T? Read<T>(this ImmutableArray<Term<T>> terms, string code)
        where T : struct, Enum => terms.FirstOrDefault(t => ChoiceWords.Is(code, t.Names))?.Value;

    public static ImmutableArray<ControlOption> Options<T>(this ImmutableArray<Term<T>> terms) =>
        [.. terms.Select(t => new ControlOption(t.Label, t.Code))];

    /// <summary>The same with what each means, for forms (U9).</summary>
    public static ImmutableArray<ControlOption> Explained<T>(this ImmutableArray<Term<T>> terms)
        where T : struct, Enum =>
        [
            .. terms.Select(t => new ControlOption(
                t.Means is { } means ? $"{t.Label}: {means}" : t.Label,
                t.Code
            )),
        ];

    /// <summary>How a severity is shouted on a card: the worse, the louder.</summary>
    public static Tone ToneOf(Severity severity) =>
        severity switch
        {
            Severity.Sev1 => Tone.Danger,
            Severity.Sev2 => Tone.Warning,
            Severity.Sev3 => Tone.Notice,
            _ => Tone.Neutral,
        };
}

/// <summary>Parameters of the escalations' commands.</summary>
internal static class EscalationArguments
{
    /// <summary>What is offered while a number is typed.</summary>
    public const string Completed = "escalations";

    /// <summary>An escalation: <c>ESC-12</c>.</summary>
    public static Parameter<EscalationId> Id { get; } =
        new("escalation", "ESC-1", source => Arguments.Numbered<EscalationId>(source, "ESC-12"))
        {
            Hint = "Which escalation? Write its number, as in `ESC-12`.",
            Completes = Completed,
        };

    /// <summary>A severity: <c>sev1</c>, <c>Sev 1</c>, <c>S1</c>. Anything else is left for the next parameter.</summary>
    public static Parameter<Severity?> MaybeSeverity { get; } =
        new("severity", "[sev1–sev4]", ReadSeverity)
        {
            IsOptional = true,
            Hint = "How bad is it? Write `sev1`, `sev2`, `sev3` or `sev4`.",
            Words = Parameter.Of("sev1", "sev2", "sev3", "sev4"),
        };

    /// <summary>A severity that somebody puts before the customer; usage lines don't show it.</summary>
    public static Parameter<Severity?> LeadingSeverity { get; } =
        new("leading severity", "", ReadSeverity) { IsOptional = true, Hint = "" };

    /// <summary>The words of a move; when they are left out and needed, a form asks for them.</summary>
    public static Parameter<string> Words(string name) =>
        Arguments.Rest(name, "Say it in a few words.").OrNothing();

    /// <summary>
    /// Where somebody says Sev 1 or Sev 2 in the middle of a line, and where the words behind it begin; null when nowhere.
    /// </summary>
    /// <param name="line">The line.</param>
    /// <param name="at">The first word that may be it.</param>
    public static (Severity Severity, int At, int Behind)? UrgentWithin(CommandLine line, int at)
    {
        for (; at < line.Words.Length; at++)
        {
            if (
                ReadSeverity(new ArgumentSource(line, at, Mentions.None)) is
                { Value: { } severity and <= Severity.Sev2, Taken: var taken }
            )
            {
                return (severity, at, at + taken);
            }
        }

        return null;
    }

    private static ReadArgument<Severity?> ReadSeverity(ArgumentSource source)
    {
        if (source.Next is not { IsQuoted: false } word)
        {
            return ReadArgument.Absent<Severity?>();
        }

        var (read, taken) = TypedSeverity.Read(word.Value, source.AfterNext?.Value);
        return read switch
        {
            TypedSeverity.KnownSeverity { Which: var severity } => ReadArgument.Of<Severity?>(
                severity,
                taken
            ),
            TypedSeverity.NoSuchSeverity none => ReadArgument.Wrong<Severity?>(none.Problem),
            _ => ReadArgument.Absent<Severity?>(),
        };
    }
}
