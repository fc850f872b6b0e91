using EventFunctions.Tests.Support;

namespace EventFunctions.Tests.Diagrams;

public sealed class StateDiagramTests
{
    [Fact]
    public void A_page_tells_its_transitions_its_initial_and_its_final_states()
    {
        var diagram = StateDiagram.OfMarkdown("""
            # A page

            ```sh
            A --> B
            ```

            ```mermaid
            stateDiagram-v2
                direction LR
                %% what happens
                [*] --> Open
                Open --> Shut : the wind, or a hand
                Shut-->Open
                note right of Shut
                    A --> B
                end note
                note left of Open : draughty
                Shut --> [*]
            ```
            """);

        Assert.Equal(["Open"], diagram.Initial);
        Assert.Equal(["Shut"], diagram.Final);
        Assert.Equal([("Open", "Shut"), ("Shut", "Open")], diagram.Steps.Order());
        Assert.Equal(["Open", "Shut"], diagram.States.Order());
    }

    [Theory]
    [InlineData("Open -> Shut")]
    [InlineData("Open --> Shut --> Open")]
    [InlineData("Open -->")]
    [InlineData("Open the door --> Shut")]
    [InlineData("Open --> Shut\nOpen --> Shut : again")]
    public void A_line_that_is_not_understood_is_not_passed_over(string lines) =>
        Assert.Throws<FormatException>(() => StateDiagram.OfMarkdown($"```mermaid\nstateDiagram-v2\n{lines}\n```"));

    [Theory]
    [InlineData("No diagram at all.")]
    [InlineData("```mermaid\nflowchart LR\nA --> B\n```")]
    [InlineData("```mermaid\nstateDiagram-v2\nA --> B\n```\n```mermaid\nstateDiagram-v2\nA --> B\n```")]
    public void A_page_has_one_state_diagram(string page) => Assert.Throws<FormatException>(() => StateDiagram.OfMarkdown(page));
}
