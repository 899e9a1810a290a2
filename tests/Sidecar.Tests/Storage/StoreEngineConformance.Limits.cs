using Shouldly;
using Sidecar.Ids;
using Sidecar.Storage;
using Xunit;

namespace Sidecar.Tests.Storage;

public abstract partial class StoreEngineConformance
{
    [Fact]
    public async Task The_longest_keys_and_the_largest_bodies_are_kept()
    {
        // Kind, index, key and id with two bytes for each, and one more for the zero that ends the text.
        var longest =
            StoreLimits.LargestKey
            - ("escalation".Length + 2)
            - ("state".Length + 2)
            - ("a".Length + 2)
            - 2
            - 2;
        var key = IndexKey.Empty.Then(new string('k', longest));
        var body = new string('x', StoreLimits.LargestBody - 2000);

        await MustPut(Write("a", 0, body, new IndexEntry("state", key)));

        (await BodyOf("a")).ShouldBe(body);
        (await Engine.Count("escalation", "state", key, 10, Cancel)).ShouldBe(1);
    }

    [Theory]
    [InlineData("id")]
    [InlineData("key")]
    [InlineData("zeros in a key")]
    [InlineData("body")]
    [InlineData("subject")]
    [InlineData("effect")]
    [InlineData("due time")]
    public async Task What_is_too_large_is_refused_with_a_sentence_and_changes_nothing(string what)
    {
        var (keys, bodies) = (
            new string('k', StoreLimits.LargestKey),
            new byte[StoreLimits.LargestBody + 1]
        );
        var fine = Write("fine", 0, "1");
        var commit = what switch
        {
            "id" => new StoreCommit { Documents = [fine, Write(keys, 0, "1")] },
            "key" => new StoreCommit
            {
                Documents =
                [
                    fine,
                    Write("a", 0, "1", new IndexEntry("state", IndexKey.Empty.Then(keys))),
                ],
            },
            "zeros in a key" => new StoreCommit
            {
                Documents =
                [
                    fine,
                    Write("a", 0, "1", new IndexEntry("state", IndexKey.FromBytes(new byte[600]))),
                ],
            },
            "body" => new StoreCommit
            {
                Documents = [fine, new DocumentWrite(Key("a"), 0, bodies, [])],
            },
            "subject" => new StoreCommit { Documents = [fine], Audit = [Audit(keys, "1")] },
            "effect" => new StoreCommit
            {
                Documents = [fine],
                Outbox = [new OutboxWrite(EffectId.From(keys + "1"), "lane", Bytes("{}"), Noon)],
            },
            _ => new StoreCommit { Documents = [fine], Due = [new DueTime("k", keys, Noon)] },
        };

        var refused = await Should.ThrowAsync<StoreLimitException>(async () =>
            await Engine.Commit(commit, Cancel)
        );

        refused.Message.ShouldContain("Nothing was changed");
        (await BodyOf("fine")).ShouldBeNull();
    }

    [Fact]
    public async Task Questions_about_what_can_not_be_there_are_answered()
    {
        var endless = new string('k', 5000);
        await MustPut(Write("a", 0, "1", ByState("open")));

        (await BodyOf(endless)).ShouldBeNull();
        var prefix = IndexKey.Empty.Then(endless);
        (await Engine.Count("escalation", "state", prefix, 10, Cancel)).ShouldBe(0);
        (await Engine.ReadAudit(endless, 0, 10, Cancel)).ShouldBeEmpty();
        (await Engine.ReadIds(endless, null, 10, Cancel)).ShouldBeEmpty();
        (await Engine.ReadIds("escalation", endless, 10, Cancel)).ShouldBeEmpty();
    }
}
