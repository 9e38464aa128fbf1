document.getElementById('portal').textContent = document.getElementById('page-state').textContent;
