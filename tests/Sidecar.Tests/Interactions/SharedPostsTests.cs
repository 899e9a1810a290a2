using System.Text;
using Mattermost.Simulator;
using Shouldly;
using Sidecar.Chat;
using Sidecar.Ids;
using Sidecar.Interactions;
using Sidecar.Tests.Mattermost;
using Xunit;

namespace Sidecar.Tests.Interactions;

/// <summary>Messages and files that a person points at.</summary>
public sealed class SharedPostsTests
{
    [Fact]
    public async Task CUS_2_The_one_fitting_file_of_a_message_is_found_and_can_be_read()
    {
        await using var bench = await ChatBench.Start();
        var post = await bench
            .Server.As("engineer")
            .PostFile("war-room", "Customers.CSV", "key"u8.ToArray());
        var file = (await Find(bench, Link(bench, post))).Found.ShouldNotBeNull();
        file.Name.ShouldBe("Customers.CSV");
        using var content = new MemoryStream();
        await bench.Chat.Download(file.Id, content, file.Size, ChatBench.Cancel);
        Encoding.UTF8.GetString(content.ToArray()).ShouldBe("key");
    }

    [Fact]
    public async Task CUS_2_Whatever_else_it_is_the_person_is_told_what_to_do()
    {
        await using var bench = await ChatBench.Start();
        var engineer = bench.Server.As("engineer");
        await Says("is not a link to a message", "customers please");
        await Says(
            "leads to elsewhere.test",
            $"https://elsewhere.test/ops/pl/{new string('a', 26)}"
        );
        await Says("that both of us can read", Link(bench, new string('a', 26)));
        var bare = await engineer.Post("war-room", "no file");
        await Says("There is no file attached", Link(bench, bare));
        var text = await engineer.PostFile("war-room", "a.xlsx", [1]);
        await Says("CSV UTF-8", Link(bench, text));
        var large = await engineer.PostFile("war-room", "a.csv", new byte[2_000_000]);
        await Says("larger than the 1 MB", Link(bench, large));

        async Task Says(string sentence, string link) =>
            (await Find(bench, link))
                .Why.ShouldNotBeNull()
                .Sentence.Show(_ => "escalate")
                .ShouldContain(sentence);
    }

    private static Task<SharedResult<ChatFile>> Find(ChatBench bench, string link) =>
        new SharedPosts(bench.Chat, new UserId(bench.Bot.Id)).FindFile(
            link,
            new UserId(bench.Server.GetUser("engineer").Id),
            ".csv",
            1 << 20,
            ChatBench.Cancel
        );

    private static string Link(ChatBench bench, Post post) => Link(bench, post.Id);

    private static string Link(ChatBench bench, string post) =>
        new Uri(bench.Server.Url, $"/ops/pl/{post}").ToString();
}
