using Shouldly;
using Sidecar.Ids;
using Sidecar.Interactions;
using Xunit;

namespace Sidecar.Tests.Interactions;

/// <summary>Links to messages, as people paste them.</summary>
public sealed class PermalinkTests
{
    private const string Id = "uqg3xnmes3nemg1snpscxsxeuo";

    [Theory]
    [InlineData("https://chat.example.com/ops/pl/" + Id, "https://chat.example.com/")]
    [InlineData("  <https://chat.example.com/ops/pl/" + Id + "> ", "https://chat.example.com/")]
    [InlineData("<https://chat.example.com/ops/pl/" + Id + "|here>", "https://chat.example.com/")]
    [InlineData(
        "[the file](https://chat.example.com/ops/pl/" + Id + ")",
        "https://chat.example.com/"
    )]
    [InlineData("[x](<https://chat.example.com/ops/pl/" + Id + ">)", "https://chat.example.com/")]
    [InlineData("https://chat.example.com/_redirect/pl/" + Id, "https://chat.example.com/")]
    [InlineData("http://chat:8065/company/chat/ops/pl/" + Id, "http://chat:8065/company/chat")]
    [InlineData("https://chat.example.com/ops/pl/" + Id + "/?a=b#c", "https://chat.example.com/")]
    [InlineData("https://chat.example.com/ops/pl/" + Id + ".", "https://chat.example.com/")]
    [InlineData("https://chat.example.com/pl/pl/" + Id, "https://chat.example.com/")]
    public void CUS_2_A_link_to_a_message_is_understood_however_it_was_pasted(
        string typed,
        string server
    ) => Permalink.Read(typed).ShouldBe(new Permalink(new Uri(server), new PostId(Id)));

    [Theory]
    [InlineData("")]
    [InlineData(Id)]
    [InlineData("https://chat.example.com/ops/channels/town-square")]
    [InlineData("https://chat.example.com/ops/pl/short")]
    [InlineData("https://chat.example.com/ops/pl/" + Id + "a")]
    [InlineData("https://chat.example.com/pl/" + Id)]
    [InlineData("https://me:secret@chat.example.com/ops/pl/" + Id)]
    [InlineData("ftp://chat.example.com/ops/pl/" + Id)]
    [InlineData("javascript:alert(1)//ops/pl/" + Id)]
    [InlineData("see https://chat.example.com/ops/pl/" + Id)]
    public void CUS_2_Anything_else_is_none(string typed) => Permalink.Read(typed).ShouldBeNull();

    [Theory]
    [InlineData("https://chat.example.com", "https://chat.example.com", true)]
    [InlineData("https://CHAT.example.com:443", "https://chat.example.com/", true)]
    [InlineData("http://chat.example.com", "https://chat.example.com", true)]
    [InlineData("https://chat.example.com/sub", "https://chat.example.com/sub/", true)]
    [InlineData("https://chat.example.com/sub", "https://chat.example.com", false)]
    [InlineData("https://chat.example.com:8443", "https://chat.example.com", false)]
    [InlineData("https://chat.example.com.evil.test", "https://chat.example.com", false)]
    [InlineData("https://evil.test/chat.example.com", "https://chat.example.com", false)]
    public void CUS_2_Only_links_to_our_own_server_count(string linked, string ours, bool same) =>
        Permalink
            .Read($"{linked}/ops/pl/{Id}")
            .ShouldNotBeNull()
            .IsOn(new Uri(ours))
            .ShouldBe(same);
}
