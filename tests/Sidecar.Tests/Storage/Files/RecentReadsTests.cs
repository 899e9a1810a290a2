using Shouldly;
using Sidecar.Storage;
using Sidecar.Storage.Files;
using Xunit;

namespace Sidecar.Tests.Storage.Files;

public sealed class RecentReadsTests
{
    private static readonly DocumentWrite[] Commit =
    [
        new(new DocumentKey("note", "1"), 0, null, []),
    ];
    private int _asked;

    [Fact]
    public async Task What_is_asked_again_between_two_commits_is_answered_from_memory()
    {
        var recent = new RecentReads();
        for (var i = 0; i < 5; i++)
        {
            (await recent.Of("note", "question", () => Answer(i))).ShouldBe(i < 2 ? i : 1);
        }

        _asked.ShouldBe(2);
    }

    [Fact]
    public async Task After_a_commit_it_is_asked_anew()
    {
        var recent = new RecentReads();
        await recent.Of("note", "question", () => Answer(1));
        await recent.Of("note", "question", () => Answer(1));
        recent.Changed(Commit);
        (await recent.Of("note", "question", () => Answer(2))).ShouldBe(2);
    }

    [Fact]
    public async Task A_commit_while_it_is_asked_makes_the_answer_old_at_once()
    {
        var recent = new RecentReads();
        await recent.Of("note", "question", () => Answer(1));
        await recent.Of(
            "note",
            "question",
            () =>
            {
                recent.Changed(Commit);
                return Answer(1);
            }
        );
        (await recent.Of("note", "question", () => Answer(2))).ShouldBe(2);
    }

    [Fact]
    public async Task Other_questions_have_other_answers()
    {
        var recent = new RecentReads();
        for (var round = 0; round < 3; round++)
        {
            for (var i = 0; i < 1000; i++)
            {
                var mine = i;
                (await recent.Of("note", i, () => Answer(mine))).ShouldBe(i);
            }
        }
    }

    [Fact]
    public async Task A_commit_to_another_kind_changes_no_answer()
    {
        var recent = new RecentReads();
        await recent.Of("other", "question", () => Answer(1));
        await recent.Of("other", "question", () => Answer(1));
        recent.Changed(Commit);

        (await recent.Of("other", "question", () => Answer(2))).ShouldBe(1);
    }

    [Fact]
    public async Task Answers_that_would_fill_memory_are_not_kept()
    {
        var recent = new RecentReads();
        var large = new StoredDocument(new DocumentKey("note", "1"), 1, new byte[100_000]);
        for (var i = 0; i < 4; i++)
        {
            await recent.Of("note", "large", () => Answer(large));
        }

        _asked.ShouldBe(4);
    }

    private ValueTask<StoredDocument> Answer(StoredDocument answer)
    {
        _asked++;
        return ValueTask.FromResult(answer);
    }

    private ValueTask<int> Answer(int answer)
    {
        _asked++;
        return ValueTask.FromResult(answer);
    }
}
