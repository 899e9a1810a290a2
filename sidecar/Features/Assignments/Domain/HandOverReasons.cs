using System.Collections.Immutable;
using Sidecar.Chat;
using Sidecar.Ids;
using Sidecar.Text;

namespace Sidecar.Features.Assignments.Domain;

/// <summary>Why an engineer asks for a hand-over (ASG-12), as it is kept, typed and read.</summary>
internal static class HandOverReasons
{
    public const string Stagnating = "stagnating";
    public const string OtherIssueTypes = "other-issue-types";
    public const string Other = "other";

    private static readonly ImmutableArray<(string Code, string Label)> All =
    [
        (Stagnating, "stagnating"),
        (OtherIssueTypes, "other issue types"),
        (Other, "other"),
    ];

    public static ImmutableArray<ControlOption> Options =>
        [
            new ControlOption("I am stagnating", Stagnating),
            new ControlOption("I want to see other issue types", OtherIssueTypes),
            new ControlOption("Another reason", Other),
        ];

    public static string Label(string code) =>
        All.FirstOrDefault(r => r.Code == code).Label ?? "other";

    public static bool IsOne(string code) => All.Any(r => r.Code == code);

    /// <summary>Reads the reason with which a text begins, and the note behind it; null when it begins with none.</summary>
    public static (string Reason, string Note)? AtFront(string text)
    {
        var plain = text.Replace('-', ' ').ToLowerInvariant();
        // The longer one first: “other issue types” begins with “other”.
        foreach (var (code, label) in All.OrderByDescending(r => r.Label.Length))
        {
            if (
                plain.StartsWith(label, StringComparison.Ordinal)
                && (plain.Length == label.Length || !char.IsLetterOrDigit(plain[label.Length]))
            )
            {
                return (code, text[label.Length..].TrimStart(' ', ',', ':', '-', '–', '.').Trim());
            }
        }

        return null;
    }
}
