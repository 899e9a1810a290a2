using System.Collections.Immutable;
using Sidecar.Features.Implementations.Domain;
using Sidecar.Text;

namespace Sidecar.Features.Implementations;

/// <summary>Scores in words: side by side for who decides, and how they add up for who asks why (IMP-3).</summary>
internal static class ImplementationScores
{
    /// <summary>What each gave for each criterion, and how far they are apart.</summary>
    public static Markdown SideBySide(Implementation it)
    {
        if (it.Scores.IsEmpty)
        {
            return Markdown.Of($"Nobody has scored it yet.");
        }

        return Markdown.Lines([
            Markdown.Of(
                $"| | {Row(it.Scores.Select(s => Markdown.Of($"{s.By}")))} | Mean | Apart |"
            ),
            Markdown.Of($"|:--|{Row(it.Scores.Select(_ => Markdown.Of($"--:")), "|")}|--:|--:|"),
            .. Triage.Criteria.Select(c =>
                Markdown.Of(
                    $"| {c.Label} | {Row(it.Scores.Select(s => Markdown.Of($"{s[c.Of]}")))} | {Triage.Shown(it.Scores.Mean(c.Of)!.Value)} | {Apart(it.Scores.Spread(c.Of))} |"
                )
            ),
            .. it
                .Scores.Where(s => s.Note.Length > 0)
                .Select(s => Markdown.Of($"- {s.By}: {Markdown.Typed(s.Note).OnOneLine()}")),
        ]);
    }

    /// <summary>How the score comes about.</summary>
    public static Markdown Sum(Implementation it, CriterionWeights weights)
    {
        if (it.Score is not { } score)
        {
            return Markdown.Of(
                $"Nobody has scored it yet: it comes after all that have a score. {Markdown.Code($"/{SlashCommand.Trigger} implementation score {it.Id}")} does."
            );
        }

        var terms = Triage
            .Criteria.Where(c => weights.Of(c.Of) > 0)
            .Select(c => Term(it.Scores, c, weights.Of(c.Of)));
        return Markdown.Of(
            $"Its score is **{Triage.Shown(score)}** of {weights.Highest} = {Row(terms, " + ")}, the {(it.Scores.Length == 1 ? Markdown.Of($"scores of one person") : Markdown.Of($"means of {it.Scores.Length} people"))}."
        );
    }

    private static Markdown Term(
        ImmutableArray<TriageScore> scores,
        CriterionName criterion,
        int weight
    )
    {
        var mean = Triage.Shown(scores.Mean(criterion.Of)!.Value);
        return weight == 1
            ? Markdown.Of($"{mean} ({criterion.Label})")
            : Markdown.Of($"{weight} × {mean} ({criterion.Label})");
    }

    private static Markdown Apart(int spread) =>
        spread switch
        {
            0 => Markdown.Of($"–"),
            1 => Markdown.Of($"1"),
            _ => Markdown.Of($"**{spread}**"),
        };

    private static Markdown Row(IEnumerable<Markdown> cells, string between = " | ")
    {
        var row = Markdown.None;
        foreach (var cell in cells)
        {
            row = row.IsEmpty ? cell : Markdown.Of($"{row}{Between(between)}{cell}");
        }

        return row;
    }

    private static Markdown Between(string between) =>
        between switch
        {
            "|" => Markdown.Of($"|"),
            " | " => Markdown.Of($" | "),
            _ => Markdown.Of($" + "),
        };
}
