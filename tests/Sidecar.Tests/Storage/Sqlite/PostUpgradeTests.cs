using Shouldly;
using Sidecar.Chat;
using Sidecar.Ids;
using Sidecar.Outbox;
using Sidecar.Storage;
using Sidecar.Storage.Sqlite;
using Xunit;

namespace Sidecar.Tests.Storage.Sqlite;

/// <summary>Posts that 0.1.0 stored, before they were filed by anything but their names.</summary>
public sealed class PostUpgradeTests : SqliteStores
{
    private static readonly DateTimeOffset Now = new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);
    private static readonly DocumentKind<PostedAt> Unfiled = PostedPosts.Kind with { Indexes = [] };

    [Fact]
    public async Task Posts_of_an_older_store_are_found_by_their_ids_and_can_be_shown_again()
    {
        await using (var old = await Open(o => o with { SchemaUpgrades = [Schema.Upgrades[0]] }))
        {
            await Commit(new Store(old), c => c.Add(Unfiled, "ESC-1/card", At('a')));
            await Commit(new Store(old), c => c.Add(Unfiled, "ESC-2/card", At('b')));
        }

        await using var engine = await Open();
        var store = new Store(engine);
        var found = (await store.FindPost(At('b').Post, Cancel)).ShouldNotBeNull();
        found.Name.ShouldBe(new PostName("ESC-2/card"));
        found.At.ShouldBe(At('b'));
        (await Named(store, PostedPosts.ByTime, IndexKey.Empty)).ShouldBe([
            "ESC-1/card",
            "ESC-2/card",
        ]);
        (
            await Named(store, PostedPosts.ByChannel, IndexKey.Empty.Then(At('a').Channel.Value))
        ).ShouldBe(["ESC-1/card"]);

        // Filed by hand and filed by the program must be one: else this would break, or leave old entries behind.
        var stored = (await store.Find(PostedPosts.Kind, "ESC-1/card", Cancel))!;
        var moved = At('c') with { ShownAt = Now };
        await Commit(store, c => c.Replace(PostedPosts.Kind, stored, moved));
        (await store.FindPost(At('a').Post, Cancel)).ShouldBeNull();
        (await store.FindPost(moved.Post, Cancel))!.Value.At.ShouldBe(moved);
        (await Named(store, PostedPosts.ByTime, IndexKey.Empty)).ShouldBe([
            "ESC-1/card",
            "ESC-2/card",
        ]);
        (
            await Named(store, PostedPosts.ByChannel, IndexKey.Empty.Then(At('a').Channel.Value))
        ).ShouldBeEmpty();
    }

    [Fact]
    public void A_post_is_filed_anew_when_it_moved_and_else_once_a_day()
    {
        var first = PostedPosts.Shown(null, At('a'), Now);
        first.ShouldBe(At('a') with { ShownAt = Now });
        PostedPosts.Shown(first, At('a'), Now.AddHours(23)).ShouldBeSameAs(first);
        PostedPosts.Shown(first, At('a'), Now.AddHours(24)).ShownAt.ShouldBe(Now.AddHours(24));
        PostedPosts.Shown(first, At('b'), Now.AddHours(1)).Post.ShouldBe(At('b').Post);
        PostedPosts.Shown(At('a'), At('a'), Now).ShownAt.ShouldBe(Now);
    }

    private static PostedAt At(char letter)
    {
        var id = new string(letter, 26);
        return new PostedAt(new ChannelId("c" + id[1..]), new PostId(id), new PostId(id));
    }

    private static async Task Commit(Store store, Func<Change, Change> change) =>
        (await store.Commit(change(new Change(Now, "test")), Cancel)).ShouldBeTrue();

    private static async Task<IReadOnlyList<string>> Named(
        Store store,
        DocumentIndex<PostedAt> index,
        IndexKey prefix
    ) =>
        [
            .. (await store.List(PostedPosts.Kind, index, prefix, null, 100, Cancel)).Items.Select(
                i => i.Id
            ),
        ];
}
