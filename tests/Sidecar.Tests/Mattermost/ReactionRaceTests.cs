using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;
using Mattermost.Simulator;
using Shouldly;
using Sidecar.Interactions;
using Sidecar.Mattermost;
using Sidecar.People;
using Sidecar.Storage;
using Sidecar.Tests.Harness;
using Xunit;
using Permission = Sidecar.People.Permission;

namespace Sidecar.Tests.Mattermost;

/// <summary>Heard and looked up at the same time, with lines that are cut, events that are lost and sidecars that stop.</summary>
public sealed class ReactionRaceTests
{
    private const int Rounds = 12;

    private static readonly string[] People = ["tam", "engineer", "lead"];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task ESC_10_Whatever_happens_to_the_line_each_reaction_is_handled_once()
    {
        var seed = TimeProvider.System.GetTimestamp();
        TestContext.Current.TestOutputHelper!.WriteLine($"Seed {seed}");
        for (var round = 0; round < Rounds; round++)
        {
            await Round(new Seeded(seed + round), $"round {round} of seed {seed}");
        }
    }

    private static async Task Round(Seeded chance, string about)
    {
        await using var desk = await Desk.Open(more: product => product.Reaction<NoteReactions>());
        desk.Listens = o =>
            o with
            {
                PingEvery = Timeout.InfiniteTimeSpan,
                MostWaiting = 1 + chance.Below(8),
            };
        await desk.RestartSidecar();
        List<Post> cards = [];
        for (var i = 0; i < 4; i++)
        {
            cards.Add(await desk.Raised($"Number {i}"));
        }

        var expected = new HashSet<(string Post, string User)>();
        for (var step = 0; step < 6; step++)
        {
            var reacting = new List<Task>();
            foreach (
                var (card, who) in chance.Some([.. cards.SelectMany(c => People, (c, w) => (c, w))])
            )
            {
                if (expected.Add((card.Id, who)))
                {
                    reacting.Add(desk.Mattermost.As(who).React(card.Id, NoteReactions.Emoji));
                }
            }

            await Trouble(desk, chance.Below(5));
            await Task.WhenAll(reacting);
        }

        await Recovered(desk);
        var notes = (await desk.Store.Engine.ReadAudit(NoteReactions.Subject, 0, 1000, Cancel))
            .Select(n =>
                JsonSerializer.Deserialize(
                    n.Entry.Body.Span,
                    ReactionNoteJson.Default.ReactionNote
                )!
            )
            .ToList();
        notes.Select(n => n.Act).ShouldBeUnique(about);
        notes.Count.ShouldBe(expected.Count, about);
        desk.Log.Errors.ShouldBeEmpty(about);
    }

    private static async Task Trouble(Desk desk, int kind)
    {
        switch (kind)
        {
            case 0:
                desk.Mattermost.Lines.Cut(desk.Bot.Id);
                break;
            case 1:
                desk.Mattermost.Lines.Lose(desk.Bot.Id, 2);
                break;
            case 2:
                await desk.RestartSidecar();
                break;
            case 3 when desk.Listening.Health.RetryAt is { } retry:
                desk.Clock.AdvanceTo(retry);
                break;
            case 4 when desk.Listening.Health.LookUpAt is { } again:
                desk.Clock.AdvanceTo(again);
                break;
            default:
                break;
        }
    }

    /// <summary>In the end there is a line, and nothing is left that it did not bring or that waits for a time.</summary>
    private static async Task Recovered(Desk desk)
    {
        await desk.RestartSidecar();
        await desk.Settled();
        while (desk.Listening.Health is not { State: ListeningState.Listening, LookUpAt: null })
        {
            await (desk.Listening.Health.LookUpAt is null ? desk.TriesAgain() : desk.LooksAgain());
        }
    }

    /// <summary>Notes each reaction, without any receipt of its own: that it is called once is all it relies on.</summary>
    private sealed class NoteReactions(Store store, TimeProvider clock) : IReaction
    {
        public const string Emoji = "fire";
        public const string Subject = "notes";

        public static ImmutableArray<string> Emojis { get; } = [Emoji];

        public static Permission Permission { get; } = Permission.Everybody("react");

        public ValueTask<bool> Concerns(ReactionCall call, CancellationToken cancel) =>
            ValueTask.FromResult(true);

        public async Task React(ReactionCall call, CancellationToken cancel) =>
            (
                await store.Commit(
                    new Change(clock.GetUtcNow(), call.Envelope.User.Value).Record(
                        Subject,
                        new ReactionNote(call.Envelope.Act),
                        ReactionNoteJson.Default.ReactionNote
                    ),
                    cancel
                )
            ).ShouldBeTrue();
    }
}

internal sealed record ReactionNote(string Act);

[JsonSerializable(typeof(ReactionNote))]
internal sealed partial class ReactionNoteJson : JsonSerializerContext;
