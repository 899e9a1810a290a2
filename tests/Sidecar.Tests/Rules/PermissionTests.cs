using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using Sidecar.Features;
using Sidecar.Features.Panel;
using Sidecar.Features.Status;
using Sidecar.Interactions;
using Sidecar.People;
using Sidecar.Tests.Harness;
using Xunit;

namespace Sidecar.Tests.Rules;

/// <summary>Whatever people can do says who may, in words that make a sentence (ALL-3).</summary>
public sealed class PermissionTests
{
    private static readonly (Type Part, Permission Permission)[] All = Registered();

    [Fact]
    public void ALL_3_Every_part_says_what_it_allows_in_words_that_read_after_may()
    {
        All.ShouldNotBeEmpty();
        foreach (var (part, permission) in All)
        {
            permission.What.ShouldMatch("^(?!may |to )[a-z]+ [^.!?]{2,60}(?<![ .])$", part.Name);
            permission.Also?.ShouldMatch("^[a-z][^.!?]{2,60}$", part.Name);
            permission.Roles.ShouldBeUnique(part.Name);
            if (permission.Also is not null)
            {
                permission.Roles.ShouldNotBeEmpty(part.Name);
            }
        }
    }

    /// <summary>The panel tells who may not as data; <c>PanelAskingTests</c> hold that it tells nothing else.</summary>
    [Fact]
    public void ALL_3_Only_the_doctors_and_the_panels_questions_are_open_to_whoever_asks() =>
        All.Where(p => p.Permission.IsOpen)
            .Select(p => p.Part)
            .ShouldBe([typeof(AnswerPanel), typeof(PingSidecar)]);

    [Fact]
    public async Task ALL_3_Every_refusal_names_the_roles_the_relation_who_has_them_and_who_grants_them()
    {
        await using var desk = await Desk.Open();
        var book = desk.Parts.GetRequiredService<RoleStore>();
        var names = desk.Parts.GetRequiredService<PeopleDirectory>();
        foreach (var permission in All.Select(p => p.Permission).Distinct())
        {
            var refusal = await book.Refuse(permission, TestContext.Current.CancellationToken);
            var sentence = refusal.Sentence.Show(names.NameOf);
            sentence.ShouldContain(permission.What);
            sentence.ShouldNotContain("somebody has");
            if (permission.Roles.IsEmpty)
            {
                continue;
            }

            // Of many roles two are named, and how many more there are (U16).
            var isMany = permission.Roles.Length > 3;
            permission
                .Roles.Take(isMany ? 2 : 3)
                .ShouldAllBe(role => sentence.Contains(role.Label(), StringComparison.Ordinal));
            sentence.ShouldContain(isMany ? $"one of {permission.Roles.Length - 2} others" : "");
            sentence.ShouldContain(permission.Also ?? "");
            sentence.ShouldContain("@admin");
            var grant = $"/escalate role grant @name {permission.Roles[0].Code()}";
            sentence.ShouldContain(
                permission.Roles is [Role.Administrator] ? "@admin has it."
                : isMany && refusal.Who.Count > 0 ? "grant roles"
                : grant
            );
        }
    }

    private static (Type Part, Permission Permission)[] Registered()
    {
        var builder = new FeatureBuilder(new ServiceCollection());
        AllFeatures.Register(builder);
        var parts = builder.Build();
        return
        [
            .. parts.Commands.Select(c => (c.Type, c.Permission)),
            .. parts.Actions.Select(a => (a.Type, a.Permission)),
            .. parts.Dialogs.Select(d => (d.Type, d.Permission)),
            .. parts.Triggers.Select(t => (t.Type, t.Permission)),
            .. parts.Reactions.Select(r => (r.Type, r.Permission)),
        ];
    }
}
