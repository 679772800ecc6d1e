const pytest = (kind) =>
  `import pytest\nfrom m import add\n\n${kind === 'skipped' ? '@pytest.mark.skip\n' : ''}def test_adds():\n    assert add(1, 2) == 3\n`
const python = {
  files: {
    'pyproject.toml': '[project]\nname = "m"\nversion = "1"\n',
    '.gitignore': '.venv/\n__pycache__/\n.tox/\n',
  },
  module: 'def add(a, b):\n    return a + b\n',
  better: 'def add(a, b):\n    """Adds."""\n    return a + b\n',
  broken: 'def add(a, b):\n    return a - b\n',
}

export const others = [
  {
    name: 'pytest',
    programs: ['python3'],
    apt: ['python3', 'python3-venv', 'python3-pytest'],
    module: 'pytest',
    gates: ['compile', 'test', 'tests_found'],
    files: { ...python.files, 'src/m/__init__.py': python.module, 'tests/test_m.py': pytest('run') },
    // An environment of the checkout, with an editable install of it.
    prepare:
      'python3 -m venv --without-pip --system-site-packages .venv && for site in .venv/lib/python3*/site-packages; do printf "%s/src\\n" "$PWD" > "$site/__editable__.m.pth"; done',
    good: { 'src/m/__init__.py': python.better },
    broken: { 'src/m/__init__.py': python.broken },
    bent: { 'src/m/__init__.py': python.broken, 'tests/test_m.py': pytest('skipped') },
    outside: {
      PYTHONPATH: '{checkout}/src',
      VIRTUAL_ENV: '{checkout}/.venv',
      PATH: '{checkout}/.venv/bin:{path}',
    },
  },
  {
    name: 'tox',
    programs: ['python3', 'tox'],
    apt: ['python3', 'tox', 'python3-pytest'],
    gates: ['test'],
    files: {
      'setup.py': 'from setuptools import setup\nsetup(name="m", py_modules=["m"])\n',
      '.gitignore': '.tox/\n__pycache__/\n',
      'tox.ini':
        '[tox]\nskipsdist = true\n[testenv]\nskip_install = true\nsetenv = PYTHONPATH = {toxinidir}\ncommands = python check/run.py\n',
      'm.py': python.module,
      'check/run.py': 'from m import add\nassert add(1, 2) == 3\n',
    },
    good: { 'm.py': python.better },
    broken: { 'm.py': python.broken },
    bent: {
      'm.py': python.broken,
      'tox.ini': '[tox]\nskipsdist = true\n[testenv]\nskip_install = true\ncommands = python -c ""\n',
    },
    outside: { PYTHONPATH: '{checkout}' },
  },
  {
    name: 'go',
    programs: ['go'],
    apt: ['golang-go'],
    gates: ['compile', 'test', 'tests_found'],
    files: {
      'go.mod': 'module example.com/m\n\ngo 1.19\n',
      'add.go': 'package m\n\nfunc Add(a, b int) int { return a + b }\n',
      'add_test.go':
        'package m\n\nimport "testing"\n\nfunc TestAdd(t *testing.T) {\n\tif Add(1, 2) != 3 {\n\t\tt.Fatal("no")\n\t}\n}\n',
    },
    good: { 'add.go': 'package m\n\n// Add adds.\nfunc Add(a, b int) int { return a + b }\n' },
    broken: { 'add.go': 'package m\n\nfunc Add(a, b int) int { return a - b }\n' },
    bent: {
      'add.go': 'package m\n\nfunc Add(a, b int) int { return a - b }\n',
      'add_test.go': 'package m\n\nimport "testing"\n\nfunc TestAdd(t *testing.T) {\n\tt.Skip()\n}\n',
    },
    outside: { GOFLAGS: '-modcacherw' },
  },
  {
    name: 'cargo',
    programs: ['cargo'],
    apt: ['cargo'],
    gates: ['compile', 'test', 'tests_found'],
    files: {
      'Cargo.toml': '[package]\nname = "m"\nversion = "0.1.0"\nedition = "2021"\n',
      '.gitignore': 'target/\n',
      'src/lib.rs': 'pub mod add;\n',
      'src/add.rs': 'pub fn add(a: i32, b: i32) -> i32 {\n    a + b\n}\n',
      'tests/add.rs': '#[test]\nfn adds() {\n    assert_eq!(m::add::add(1, 2), 3);\n}\n',
    },
    good: { 'src/add.rs': '/// Adds.\npub fn add(a: i32, b: i32) -> i32 {\n    a + b\n}\n' },
    broken: { 'src/add.rs': 'pub fn add(a: i32, b: i32) -> i32 {\n    a - b\n}\n' },
    bent: {
      'src/add.rs': 'pub fn add(a: i32, b: i32) -> i32 {\n    a - b\n}\n',
      'tests/add.rs': '#[test]\n#[ignore]\nfn adds() {\n    assert_eq!(m::add::add(1, 2), 3);\n}\n',
    },
    outside: { CARGO_TARGET_DIR: '{checkout}/target' },
  },
  {
    name: 'rspec',
    programs: ['ruby', 'rspec'],
    apt: ['ruby', 'ruby-rspec'],
    gates: ['compile', 'test', 'tests_found'],
    files: {
      '.rspec': '-I lib\n',
      'lib/m.rb': 'def add(a, b) = a + b\n',
      'spec/m_spec.rb':
        "require 'm'\nRSpec.describe 'add' do\n  it('adds') { expect(add(1, 2)).to eq 3 }\nend\n",
    },
    good: { 'lib/m.rb': '# Adds.\ndef add(a, b) = a + b\n' },
    broken: { 'lib/m.rb': 'def add(a, b) = a - b\n' },
    bent: {
      'lib/m.rb': 'def add(a, b) = a - b\n',
      'spec/m_spec.rb':
        "require 'm'\nRSpec.describe 'add' do\n  xit('adds') { expect(add(1, 2)).to eq 3 }\nend\n",
    },
    outside: { RUBYLIB: '{checkout}/lib' },
  },
  {
    name: 'phpunit',
    programs: ['php', 'phpunit'],
    apt: ['php-cli', 'phpunit'],
    gates: ['test', 'tests_found'],
    // Debian's PHPUnit, where Composer would put its own.
    configuration: '[gates]\ntest = "phpunit"\n',
    files: {
      'phpunit.xml':
        '<phpunit><testsuites><testsuite name="m"><directory>tests</directory></testsuite></testsuites></phpunit>\n',
      'src/add.php': '<?php\nfunction add($a, $b) { return $a + $b; }\n',
      'tests/AddTest.php':
        "<?php\nrequire_once __DIR__ . '/../src/add.php';\nfinal class AddTest extends PHPUnit\\Framework\\TestCase {\n    public function testAdds(): void { $this->assertSame(3, add(1, 2)); }\n}\n",
    },
    good: { 'src/add.php': '<?php\n// Adds.\nfunction add($a, $b) { return $a + $b; }\n' },
    broken: { 'src/add.php': '<?php\nfunction add($a, $b) { return $a - $b; }\n' },
    bent: {
      'src/add.php': '<?php\nfunction add($a, $b) { return $a - $b; }\n',
      'tests/AddTest.php':
        "<?php\nrequire_once __DIR__ . '/../src/add.php';\nfinal class AddTest extends PHPUnit\\Framework\\TestCase {\n    public function testAdds(): void { $this->markTestSkipped(); }\n}\n",
    },
    outside: {},
  },
]
