using System.Text.RegularExpressions;
using Shouldly;
using Sidecar.Features.Escalations.Domain;
using Sidecar.Features.Panel;
using Sidecar.Tests.Rules;
using Xunit;

namespace Sidecar.Tests.Features.Panel;

/// <summary>The panel has a word for every code that the sidecar sends, and it is the one that cards use.</summary>
public sealed partial class PanelWordsTests
{
    private static readonly string Words = File.ReadAllText(
        Path.Combine(Repository.Root, "webapp-stub/src/words.ts")
    );

    [Fact]
    public void Severities_states_categories_impact_and_effort_are_named_as_on_cards()
    {
        Named(Vocabulary.States.Where(t => t.Value != EscalationState.New));
        Named(Vocabulary.Categories);
        Named(Vocabulary.Impacts);
        Named(Vocabulary.Efforts);
    }

    [Fact]
    public void Every_move_has_a_word()
    {
        foreach (var move in Enum.GetValues<EscalationMove>())
        {
            Labels().ShouldContainKey(PanelActs.NameOf(move));
        }

        foreach (
            var move in (EscalationMove[])
                [
                    EscalationMove.Approve,
                    EscalationMove.Decline,
                    EscalationMove.Override,
                    EscalationMove.EscalateSpecifically,
                    EscalationMove.Cancel,
                    EscalationMove.Confirm,
                    EscalationMove.Close,
                    EscalationMove.Reopen,
                ]
        )
        {
            Labels()[PanelActs.NameOf(move)].ShouldContain(MoveText.Of(move).Label);
        }
    }

    private static void Named<T>(IEnumerable<Term<T>> terms)
    {
        foreach (var term in terms)
        {
            Labels().ShouldContainKey(term.Code);
            Labels()[term.Code].ShouldContain(term.Label);
        }
    }

    /// <summary>What stands behind each name in the file; a code may be named in several groups.</summary>
    private static Dictionary<string, List<string>> Labels() =>
        Label()
            .Matches(Words)
            .GroupBy(m => m.Groups["code"].Value, m => m.Groups["label"].Value)
            .ToDictionary(g => g.Key, g => g.ToList());

    [GeneratedRegex(
        """(?<=[\s{])'?(?<code>[A-Za-z-]+)'?: '(?<label>[^']*)'""",
        RegexOptions.ExplicitCapture
    )]
    private static partial Regex Label();
}
